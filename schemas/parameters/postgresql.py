"""The parameters of Aurora PostgreSQL, as a table with a date: how to read it says `catalogue`.

Sources: Amazon Aurora User Guide, "Amazon Aurora PostgreSQL parameters" (its lists of cluster-level and of
instance-level parameters, which are of version 14, as of June 2023); what DescribeDBClusterParameters answers for
default.aurora-postgresql14 (apply types, allowed values, defaults); the release notes of PostgreSQL 12 to 17
(versions); for the default of rds.force_ssl, the User Guide of 2025. Bounds that RDS draws closer than PostgreSQL, and
lists that grew with versions before, are marked as open.
"""

from typing import Final

AS_OF: Final = "2023-06"

TABLE: Final = """
ansi_constraint_trigger_ordering cluster dynamic bool
ansi_force_foreign_key_checks cluster dynamic bool
ansi_qualified_update_set_target cluster dynamic bool
apg_ccm_enabled cluster dynamic bool
apg_enable_batch_mode_function_execution both dynamic bool
apg_enable_correlated_any_transform both dynamic bool
apg_enable_function_migration both dynamic bool
apg_enable_not_in_transform both dynamic bool
apg_enable_remove_redundant_inner_joins both dynamic bool
apg_enable_semijoin_push_down both dynamic bool
apg_plan_mgmt.capture_plan_baselines both dynamic manual,automatic,off off
apg_plan_mgmt.max_databases both static int:10..2147483647 10
apg_plan_mgmt.max_plans both static int:10..2147483647 10000
apg_plan_mgmt.plan_hash_version both dynamic int:1..2~ 1
apg_plan_mgmt.plan_retention_period both static int:1..2147483647 32
apg_plan_mgmt.unapproved_plan_execution_threshold both dynamic int:0..2147483647 0
apg_plan_mgmt.use_plan_baselines both dynamic true,false false
apg_write_forward.connect_timeout cluster static int:1..2147483647
apg_write_forward.consistency_mode cluster static off,eventual,session,global
apg_write_forward.idle_in_transaction_session_timeout cluster static int:0..2147483647
apg_write_forward.idle_session_timeout cluster static int:0..2147483647
apg_write_forward.max_forwarding_connections_percent cluster static int:1..100
application_name both dynamic text
array_nulls cluster dynamic bool
authentication_timeout both dynamic int:1..600
auto_explain.log_analyze both dynamic bool
auto_explain.log_buffers both dynamic bool
auto_explain.log_format both dynamic text,xml,json,yaml
auto_explain.log_min_duration both dynamic int:-1..2147483647
auto_explain.log_nested_statements both dynamic bool
auto_explain.log_timing both dynamic bool
auto_explain.log_triggers both dynamic bool
auto_explain.log_verbose both dynamic bool
auto_explain.sample_rate both dynamic float:0..1
autovacuum cluster dynamic bool
autovacuum_analyze_scale_factor cluster dynamic float:0..100 0.05
autovacuum_analyze_threshold cluster dynamic int:0..2147483647
autovacuum_freeze_max_age cluster static int:100000000..750000000~
autovacuum_max_workers cluster unsure int:1..262143
autovacuum_multixact_freeze_max_age cluster static int:10000000..2000000000
autovacuum_naptime cluster dynamic int:1..2147483 5
autovacuum_vacuum_cost_delay cluster dynamic float:-1..100 5
autovacuum_vacuum_cost_limit cluster dynamic int:-1..10000
autovacuum_vacuum_insert_scale_factor cluster dynamic float:0..100 0.2 >=13
autovacuum_vacuum_insert_threshold cluster dynamic int:-1..2147483647 - >=13
autovacuum_vacuum_scale_factor cluster dynamic float:0..100 0.1
autovacuum_vacuum_threshold cluster dynamic int:0..2147483647
autovacuum_work_mem cluster dynamic int:-1..2147483647
babelfishpg_tds.default_server_name cluster dynamic text
babelfishpg_tds.listen_addresses both fixed -
babelfishpg_tds.port cluster static int:1..65535 1433
babelfishpg_tds.product_version cluster dynamic text
babelfishpg_tds.tds_debug_log_level both dynamic int:0..3 1
babelfishpg_tds.tds_default_numeric_precision cluster dynamic int:1..38 38
babelfishpg_tds.tds_default_numeric_scale cluster dynamic int:0..38 8
babelfishpg_tds.tds_default_packet_size cluster dynamic int:512..32767 4096
babelfishpg_tds.tds_default_protocol_version cluster dynamic text DEFAULT
babelfishpg_tds.tds_ssl_encrypt cluster dynamic bool 0
babelfishpg_tds.tds_ssl_max_protocol_version cluster dynamic TLSv1,TLSv1.1,TLSv1.2,… TLSv1.2
babelfishpg_tds.tds_ssl_min_protocol_version cluster dynamic TLSv1,TLSv1.1,TLSv1.2,… TLSv1
babelfishpg_tsql.default_locale cluster static text en-US
babelfishpg_tsql.migration_mode cluster static single-db,multi-db single-db
babelfishpg_tsql.server_collation_name cluster static text sql_latin1_general_cp1_ci_as
babelfishpg_tsql.version cluster dynamic text default
backend_flush_after both dynamic int:0..256
backslash_quote cluster dynamic safe_encoding,on,off
backtrace_functions cluster fixed -
bytea_output both dynamic escape,hex
check_function_bodies both dynamic bool
client_connection_check_interval both dynamic int:0..2147483647 - >=14
client_encoding cluster dynamic text UTF8
client_min_messages both dynamic debug5,debug4,debug3,debug2,debug1,log,notice,warning,error
compute_query_id cluster dynamic auto,on,… auto >=14
config_file both fixed -
constraint_exclusion both dynamic partition,on,off
cpu_index_tuple_cost both dynamic float:0..1.79769e+308
cpu_operator_cost both dynamic float:0..1.79769e+308
cpu_tuple_cost both dynamic float:0..1.79769e+308
cron.database_name both static text postgres
cron.log_min_messages both dynamic @levels fatal
cron.log_run both static on,off on
cron.log_statement both static on,off off
cron.max_running_jobs both static int:0..100 5
cron.use_background_workers both fixed -
cursor_tuple_fraction both dynamic float:0..1
data_directory cluster fixed -
datestyle cluster dynamic text
db_user_namespace both fixed - - <17
deadlock_timeout both dynamic int:1..2147483647
debug_pretty_print both dynamic bool
debug_print_parse both dynamic bool
debug_print_plan both dynamic bool
debug_print_rewritten both dynamic bool
default_statistics_target both dynamic int:1..10000
default_tablespace cluster dynamic text
default_toast_compression cluster dynamic pglz,lz4 - >=14
default_transaction_deferrable both dynamic bool
default_transaction_isolation both dynamic text
default_transaction_read_only both dynamic bool
effective_cache_size both dynamic int:1..2147483647
effective_io_concurrency both fixed -
enable_async_append both dynamic bool - >=14
enable_bitmapscan both dynamic bool
enable_gathermerge both dynamic bool
enable_hashagg both dynamic bool
enable_hashjoin both dynamic bool
enable_incremental_sort both dynamic bool - >=13
enable_indexonlyscan both dynamic bool
enable_indexscan both dynamic bool
enable_material both dynamic bool
enable_memoize both dynamic bool - >=14
enable_mergejoin both dynamic bool
enable_nestloop both dynamic bool
enable_parallel_append both dynamic bool
enable_parallel_hash both dynamic bool
enable_partition_pruning both dynamic bool
enable_partitionwise_aggregate both dynamic bool
enable_partitionwise_join both dynamic bool
enable_seqscan both dynamic bool
enable_sort both dynamic bool
enable_tidscan both dynamic bool
escape_string_warning both dynamic bool
exit_on_error both fixed -
extra_float_digits cluster dynamic int:-15..3
force_parallel_mode both dynamic bool - <16
from_collapse_limit both dynamic int:1..2147483647
geqo both dynamic bool
geqo_effort both dynamic int:1..10
geqo_generations both dynamic int:0..2147483647
geqo_pool_size both dynamic int:0..2147483647
geqo_seed both dynamic float:0..1
geqo_selection_bias both dynamic float:1.5..2
geqo_threshold both dynamic int:2..2147483647
gin_fuzzy_search_limit both dynamic int:0..2147483647
gin_pending_list_limit both dynamic int:64..2147483647
hash_mem_multiplier both dynamic float:1..1000 - >=13
hba_file both fixed -
hot_standby_feedback both fixed -
huge_pages cluster fixed -
ident_file both fixed -
idle_in_transaction_session_timeout both dynamic int:0..2147483647 86400000
idle_session_timeout both dynamic int:0..2147483647 - >=14
intervalstyle cluster dynamic postgres,postgres_verbose,sql_standard,iso_8601
join_collapse_limit both dynamic int:1..2147483647
krb_caseins_users both dynamic true,false false
lc_messages both dynamic text
lc_monetary cluster dynamic text
lc_numeric cluster dynamic text
lc_time cluster dynamic text
listen_addresses both fixed -
lo_compat_privileges both fixed -
log_autovacuum_min_duration cluster dynamic int:-1..2147483647 10000
log_connections both dynamic bool…
log_destination both dynamic list:stderr,csvlog,… stderr
log_directory both fixed -
log_disconnections both dynamic bool
log_duration both dynamic bool
log_error_verbosity both dynamic terse,default,verbose
log_executor_stats both dynamic bool
log_file_mode both fixed -
log_filename both dynamic text postgresql.log.%Y-%m-%d-%H%M
log_hostname both dynamic bool 0
log_line_prefix both fixed -
log_lock_waits both dynamic bool
log_min_duration_sample both dynamic int:-1..2147483647 - >=13
log_min_duration_statement both dynamic int:-1..2147483647
log_min_error_statement both dynamic @levels
log_min_messages both dynamic @levels,…
log_parameter_max_length both dynamic int:-1..1073741823 - >=13
log_parameter_max_length_on_error both dynamic int:-1..1073741823 - >=13
log_parser_stats both dynamic bool
log_planner_stats both dynamic bool
log_replication_commands both dynamic bool
log_rotation_age both dynamic int:10..1440~ 60
log_rotation_size both dynamic int:50000..1000000~ 100000
log_statement both dynamic none,ddl,mod,all
log_statement_sample_rate both dynamic float:0..1 - >=13
log_statement_stats both dynamic bool
log_temp_files both dynamic int:-1..2147483647
log_timezone both fixed -
log_transaction_sample_rate cluster dynamic float:0..1 - >=12
log_truncate_on_rotation both fixed -
logging_collector both fixed -
logical_decoding_work_mem both dynamic int:64..2147483647 - >=13
maintenance_io_concurrency both fixed -
maintenance_work_mem both dynamic int:1024..2147483647
max_connections both static int:6..262143
max_files_per_process both static int:74..2147483647~
max_locks_per_transaction both static int:10..2147483647 64
max_logical_replication_workers cluster static int:0..262143
max_parallel_maintenance_workers both dynamic int:0..1024
max_parallel_workers both dynamic int:0..1024
max_parallel_workers_per_gather both dynamic int:0..1024
max_pred_locks_per_page both dynamic int:0..2147483647
max_pred_locks_per_relation both dynamic int:-2147483648..2147483647
max_pred_locks_per_transaction both static int:10..2147483647
max_prepared_transactions cluster static int:0..262143 0
max_replication_slots cluster static int:5..262143~ 20
max_slot_wal_keep_size both dynamic int:-1..2147483647 - >=13
max_stack_depth both dynamic int:100..2147483647 6144
max_standby_streaming_delay both dynamic int:1000..30000~ 14000
max_sync_workers_per_subscription cluster dynamic int:0..262143 2
max_wal_senders cluster static int:5..262143~ 10
max_worker_processes both static int:0..262143
min_dynamic_shared_memory both static int:0..2147483647 - >=14
min_parallel_index_scan_size both dynamic int:0..715827882
min_parallel_table_scan_size both dynamic int:0..715827882
multixact_members_cache_size both static int:16..65536~
multixact_offsets_cache_size both static int:8..65536~
old_snapshot_threshold both static int:-1..86400 - <17
orafce.nls_date_format cluster dynamic text
orafce.timezone cluster dynamic text
parallel_leader_participation both dynamic bool
parallel_setup_cost both dynamic float:0..1.79769e+308
parallel_tuple_cost both dynamic float:0..1.79769e+308
password_encryption cluster dynamic md5,scram-sha-256
pg_bigm.enable_recheck both dynamic on,off on
pg_bigm.gin_key_limit both dynamic int:0..2147483647 0
pg_bigm.similarity_limit both dynamic float:0..1 0.3
pg_hint_plan.debug_print both dynamic off,on,detailed,verbose
pg_hint_plan.enable_hint both dynamic bool
pg_hint_plan.enable_hint_table both dynamic bool
pg_hint_plan.message_level both dynamic debug5,debug4,debug3,debug2,debug1,log,info,notice,warning,error
pg_hint_plan.parse_messages both dynamic debug5,debug4,debug3,debug2,debug1,log,info,notice,warning,error
pg_prewarm.autoprewarm cluster static bool
pg_prewarm.autoprewarm_interval cluster dynamic int:0..2147483
pg_similarity.block_is_normalized both dynamic bool
pg_similarity.block_threshold both dynamic float:0..1
pg_similarity.block_tokenizer both dynamic alnum,gram,word,camelcase
pg_similarity.cosine_is_normalized both dynamic bool
pg_similarity.cosine_threshold both dynamic float:0..1
pg_similarity.cosine_tokenizer both dynamic alnum,gram,word,camelcase
pg_similarity.dice_is_normalized both dynamic bool
pg_similarity.dice_threshold both dynamic float:0..1
pg_similarity.dice_tokenizer both dynamic alnum,gram,word,camelcase
pg_similarity.euclidean_is_normalized both dynamic bool
pg_similarity.euclidean_threshold both dynamic float:0..1
pg_similarity.euclidean_tokenizer both dynamic alnum,gram,word,camelcase
pg_similarity.hamming_is_normalized both dynamic bool
pg_similarity.hamming_threshold both dynamic float:0..1
pg_similarity.jaccard_is_normalized both dynamic bool
pg_similarity.jaccard_threshold both dynamic float:0..1
pg_similarity.jaccard_tokenizer both dynamic alnum,gram,word,camelcase
pg_similarity.jaro_is_normalized both dynamic bool
pg_similarity.jaro_threshold both dynamic float:0..1
pg_similarity.jarowinkler_is_normalized both dynamic bool
pg_similarity.jarowinkler_threshold both dynamic float:0..1
pg_similarity.levenshtein_is_normalized both dynamic bool
pg_similarity.levenshtein_threshold both dynamic float:0..1
pg_similarity.matching_is_normalized both dynamic bool
pg_similarity.matching_threshold both dynamic float:0..1
pg_similarity.matching_tokenizer both dynamic alnum,gram,word,camelcase
pg_similarity.mongeelkan_is_normalized both dynamic bool
pg_similarity.mongeelkan_threshold both dynamic float:0..1
pg_similarity.mongeelkan_tokenizer both dynamic alnum,gram,word,camelcase
pg_similarity.nw_gap_penalty both dynamic float
pg_similarity.nw_is_normalized both dynamic bool
pg_similarity.nw_threshold both dynamic float:0..1
pg_similarity.overlap_is_normalized both dynamic bool
pg_similarity.overlap_threshold both dynamic float:0..1
pg_similarity.overlap_tokenizer both dynamic alnum,gram,word,camelcase
pg_similarity.qgram_is_normalized both dynamic bool
pg_similarity.qgram_threshold both dynamic float:0..1
pg_similarity.qgram_tokenizer both dynamic alnum,gram,word,camelcase
pg_similarity.sw_is_normalized both dynamic bool
pg_similarity.sw_threshold both dynamic float:0..1
pg_similarity.swg_is_normalized both dynamic bool
pg_similarity.swg_threshold both dynamic float:0..1
pg_stat_statements.max both static int:100..2147483647
pg_stat_statements.save both dynamic bool
pg_stat_statements.track both dynamic NONE,TOP,ALL
pg_stat_statements.track_planning both dynamic bool - >=13
pg_stat_statements.track_utility both dynamic bool
pgaudit.log both dynamic list:…
pgaudit.log_catalog both dynamic bool
pgaudit.log_level both dynamic debug5,debug4,debug3,debug2,debug1,info,notice,warning,log
pgaudit.log_parameter both dynamic bool
pgaudit.log_relation both dynamic bool
pgaudit.log_statement_once both dynamic bool
pgaudit.role both dynamic rds_pgaudit
pglogical.batch_inserts both static bool
pglogical.conflict_log_level both dynamic @levels
pglogical.conflict_resolution both dynamic error,apply_remote,keep_local,last_update_wins,first_update_wins
pglogical.extra_connection_options both dynamic text
pglogical.synchronous_commit both static bool
pglogical.use_spi both static bool
pgtle.enable_password_check both dynamic on,off,require
plan_cache_mode cluster dynamic auto,force_generic_plan,force_custom_plan - >=12
port cluster fixed -
postgis.gdal_enabled_drivers both static ENABLE_ALL,DISABLE_ALL ENABLE_ALL
quote_all_identifiers both dynamic bool
random_page_cost both dynamic float:0..1.79769e+308
rdkit.dice_threshold cluster dynamic float:0..1
rdkit.do_chiral_sss cluster dynamic bool
rdkit.tanimoto_threshold cluster dynamic float:0..1
rds.accepted_password_auth_method cluster dynamic md5+scram,scram md5+scram
rds.adaptive_autovacuum cluster dynamic bool 1
rds.allowed_extensions both dynamic list:…
rds.babelfish_status cluster static on,off,datatypesonly off
rds.enable_plan_management cluster static bool 0
rds.extensions cluster fixed -
rds.force_admin_logging_level both dynamic disabled,@levels
rds.force_autovacuum_logging_level cluster dynamic disabled,@levels WARNING
rds.force_ssl cluster dynamic bool 0/17=1
rds.global_db_rpo cluster dynamic int:20..2147483647
rds.local_volume_spill_enabled both static on,off on
rds.log_retention_period both dynamic int:1440..10080 4320
rds.logical_decoding_work_disk both dynamic int:-1..2147483647
rds.logical_replication cluster static bool 0
rds.logical_wal_cache both static int:-1..262143
rds.logically_replicate_unlogged_tables cluster static bool
rds.memory_allocation_guard both dynamic bool
rds.pg_stat_ramdisk_size both static int:0..8196~ 0
rds.rds_superuser_reserved_connections both static int:0..262143 2
rds.restrict_password_commands cluster static bool
rds.superuser_variables both fixed -
recovery_init_sync_method cluster fixed - - >=14
remove_temp_files_after_crash both dynamic bool 0 >=14
restart_after_crash both fixed -
row_security both dynamic bool
search_path both dynamic text
seq_page_cost both dynamic float:0..1.79769e+308
session_replication_role both dynamic origin,replica,local
shared_buffers both static int:128..1073741823
shared_preload_libraries both static list:… pg_stat_statements
ssl cluster dynamic bool 1
ssl_ca_file both fixed -
ssl_cert_file both fixed -
ssl_ciphers cluster dynamic list:…
ssl_crl_dir both fixed -
ssl_key_file both fixed -
ssl_max_protocol_version cluster dynamic TLSv1,TLSv1.1,TLSv1.2,… TLSv1.2 >=12
ssl_min_protocol_version cluster dynamic TLSv1,TLSv1.1,TLSv1.2,… TLSv1.2 >=12
standard_conforming_strings both dynamic bool
statement_timeout both dynamic int:0..2147483647
stats_temp_directory both fixed - - <15
superuser_reserved_connections both fixed -
synchronize_seqscans both dynamic bool
synchronous_commit cluster dynamic local,on,off,… on
tcp_keepalives_count both dynamic int:0..2147483647
tcp_keepalives_idle both dynamic int:0..2147483647
tcp_keepalives_interval both dynamic int:0..2147483647
temp_buffers both dynamic int:100..1073741823
temp_file_limit both dynamic int:-1..2147483647 -1
temp_tablespaces both dynamic text
timezone cluster dynamic zone UTC
track_activities both dynamic bool
track_activity_query_size both static int:100..1048576 4096
track_commit_timestamp cluster static bool
track_counts both dynamic bool
track_functions both dynamic none,pl,all pl
track_io_timing both dynamic bool 1
track_wal_io_timing cluster dynamic bool - >=14
transform_null_equals cluster dynamic bool
update_process_title both dynamic bool
vacuum_cost_delay cluster dynamic float:0..100
vacuum_cost_limit cluster dynamic int:1..10000
vacuum_cost_page_dirty cluster dynamic int:0..10000
vacuum_cost_page_hit cluster dynamic int:0..10000
vacuum_cost_page_miss cluster dynamic int:0..10000 0
vacuum_defer_cleanup_age cluster dynamic int:0..1000000 - <16
vacuum_failsafe_age cluster dynamic int:0..1200000000~ 1200000000 >=14
vacuum_freeze_min_age cluster dynamic int:0..1000000000
vacuum_freeze_table_age cluster dynamic int:0..2000000000
vacuum_multixact_failsafe_age cluster dynamic int:0..1200000000~ 1200000000 >=14
vacuum_multixact_freeze_min_age cluster dynamic int:0..1000000000
vacuum_multixact_freeze_table_age cluster dynamic int:0..2000000000
wal_buffers cluster static int:-1..262143
wal_receiver_create_temp_slot cluster fixed -
wal_receiver_status_interval both fixed -
wal_receiver_timeout cluster dynamic int:0..3600000~ 30000
wal_sender_timeout cluster dynamic int:0..3600000~
work_mem both dynamic int:64..2147483647
xmlbinary both dynamic base64,hex
xmloption both dynamic content,document
"""
