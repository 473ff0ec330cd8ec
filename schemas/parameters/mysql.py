"""The parameters of Aurora MySQL, as a table with a date: how to read it says `catalogue`.

Sources: Amazon Aurora User Guide, "Aurora MySQL configuration parameters" (its lists of cluster-level and of
instance-level parameters, what can be modified, and versions, as of June 2023, with names up to 2025); the MySQL 8.0
Reference Manual (types, bounds, and what is dynamic, where the User Guide does not say); what DescribeDBParameters
answers for default.aurora-mysql5.7 (defaults). The bounds are MySQL's: RDS may draw them closer or wider.
"""

from typing import Final

AS_OF: Final = "2023-06"

TABLE: Final = """
activate_all_roles_on_login both dynamic bool - >=8.0
allow-suspicious-udfs both fixed -
aurora_binlog_read_buffer_size cluster unsure text - <8.0
aurora_binlog_replication_max_yield_seconds cluster unsure text
aurora_binlog_replication_sec_index_parallel_workers cluster unsure text - >=8.0
aurora_binlog_use_large_read_buffer cluster unsure text - <8.0
aurora_disable_hash_join both unsure OFF,ON
aurora_enable_repl_bin_log_filtering cluster dynamic text - <8.0
aurora_enable_replica_log_compression cluster dynamic text - <8.0
aurora_enable_staggered_replica_restart cluster unsure text
aurora_enable_zdr cluster unsure text
aurora_enhanced_binlog cluster static bool - >=8.0
aurora_full_double_precision_in_json cluster unsure text - >=8.0
aurora_in_memory_relaylog cluster unsure OFF,ON
aurora_jemalloc_background_thread cluster unsure bool - >=8.0
aurora_jemalloc_dirty_decay_ms cluster unsure int - >=8.0
aurora_jemalloc_tcache_enabled cluster unsure bool - >=8.0
aurora_lab_mode both static bool 0 <8.0
aurora_load_from_s3_role cluster unsure text
aurora_mask_password_hashes_type cluster unsure bool
aurora_oom_response both unsure list:…
aurora_parallel_query both dynamic OFF,ON OFF
aurora_pq both unsure text - <8.0
aurora_read_replica_read_committed both unsure text
aurora_select_into_s3_role cluster unsure text
aurora_tmptable_enable_per_table_limit both unsure text
aurora_use_vector_instructions both unsure text
authentication_kerberos_caseins_cmp cluster unsure true,false - >=8.0
auto_increment_increment cluster dynamic int:1..65535~
auto_increment_offset cluster dynamic int:1..65535~
autocommit both dynamic bool
automatic_sp_privileges both dynamic bool
aws_default_lambda_role cluster unsure text
aws_default_s3_role cluster unsure text
back_log both static int:1..65535~
basedir both fixed -
binlog_backup cluster unsure bool
binlog_cache_size both dynamic int 32768
binlog_checksum cluster unsure NONE,CRC32
binlog-do-db cluster unsure text - >=8.0
binlog_format cluster static OFF,ROW,STATEMENT,MIXED OFF
binlog_group_commit_sync_delay cluster dynamic int:0..1000000~ - >=8.0
binlog_group_commit_sync_no_delay_count cluster dynamic int:0..100000~ - >=8.0
binlog-ignore-db cluster unsure text - >=8.0
binlog_max_flush_queue_time both dynamic int:0..100000~
binlog_order_commits both dynamic flag
binlog_replication_globaldb cluster unsure bool
binlog_row_image cluster fixed -
binlog_row_metadata cluster dynamic MINIMAL,FULL - >=8.0
binlog_row_value_options cluster dynamic text - >=8.0
binlog_rows_query_log_events cluster dynamic bool
binlog_stmt_cache_size both dynamic int
binlog_transaction_compression both dynamic flag
binlog_transaction_compression_level_zstd both dynamic int:1..22~
binlog_transaction_dependency_history_size cluster dynamic int:1..1000000~
binlog_transaction_dependency_tracking cluster dynamic COMMIT_ORDER,WRITESET,WRITESET_SESSION - >=8.0
bulk_insert_buffer_size both dynamic int
character_set_client cluster dynamic text
character-set-client-handshake cluster unsure text
character_set_connection cluster dynamic text
character_set_database cluster dynamic text
character_set_filesystem cluster dynamic text
character_set_results cluster dynamic text
character_set_server cluster dynamic text
collation_connection cluster dynamic text
collation_server cluster dynamic text
completion_type cluster dynamic text
concurrent_insert both dynamic text
connect_timeout both dynamic int:2..31536000~
core-file both fixed -
datadir both fixed -
default_authentication_plugin both fixed - - >=8.0
default_storage_engine cluster fixed -
default_time_zone both fixed -
default_tmp_storage_engine both dynamic text InnoDB
default_week_format both dynamic int:0..7~
delay_key_write both dynamic text
delayed_insert_limit both dynamic int
delayed_insert_timeout both dynamic int:1..31536000~
delayed_queue_size both dynamic int
div_precision_increment both dynamic int:0..30~
end_markers_in_json both dynamic flag
enforce_gtid_consistency cluster unsure OFF,ON,WARN
eq_range_index_dive_limit both dynamic int:0..4294967295~
event_scheduler both dynamic OFF,ON
explicit_defaults_for_timestamp both dynamic bool 1
flush both fixed -
flush_time both dynamic int:0..31536000~
ft_boolean_syntax both fixed -
ft_max_word_len both static int:10..84~
ft_min_word_len both static int:1..82~
ft_query_expansion_limit both static int:0..1000~
ft_stopword_file both static text
general_log both dynamic bool
general_log_file both fixed -
group_concat_max_len both dynamic int
gtid-mode cluster unsure OFF,OFF_PERMISSIVE,ON_PERMISSIVE,ON
host_cache_size both dynamic int:0..65536~
information_schema_stats_expiry cluster dynamic int:0..31536000 - >=8.0
init_connect both dynamic text
innodb_adaptive_hash_index both dynamic bool 0
innodb_adaptive_max_sleep_delay both dynamic int:0..1000000~
innodb_aurora_instant_alter_column_allowed cluster unsure bool - >=8.0
innodb_aurora_max_partitions_for_range both unsure int:0..8192
innodb_autoextend_increment both dynamic int:1..1000~
innodb_autoinc_lock_mode cluster static 0,1,2
innodb_buffer_pool_dump_at_shutdown both fixed -
innodb_buffer_pool_dump_now both fixed -
innodb_buffer_pool_filename both fixed -
innodb_buffer_pool_load_abort both fixed -
innodb_buffer_pool_load_at_startup both fixed -
innodb_buffer_pool_load_now both fixed -
innodb_buffer_pool_size both unsure int
innodb_change_buffer_max_size both fixed -
innodb_checksums cluster fixed - - <8.0
innodb_cmp_per_index_enabled cluster dynamic bool
innodb_commit_concurrency cluster dynamic int:0..1000~
innodb_compression_failure_threshold_pct both dynamic int:0..100~
innodb_compression_level both dynamic int:0..9~
innodb_compression_pad_pct_max both dynamic int:0..75~
innodb_concurrency_tickets both dynamic int:1..4294967295~
innodb_data_home_dir cluster fixed -
innodb_deadlock_detect both dynamic flag
innodb_default_row_format cluster dynamic DYNAMIC,COMPACT,REDUNDANT
innodb_file_format both unsure text - <8.0
innodb_file_per_table cluster dynamic bool
innodb_flush_log_at_trx_commit cluster dynamic 0,1,2 - <8.0
innodb_flushing_avg_loops both fixed -
innodb_force_load_corrupted both fixed -
innodb_ft_aux_table both dynamic text
innodb_ft_cache_size both static int:1600000..80000000~
innodb_ft_enable_stopword both dynamic bool
innodb_ft_max_token_size cluster static int:10..84~
innodb_ft_min_token_size cluster static int:0..16~
innodb_ft_num_word_optimize cluster dynamic int:1000..10000~
innodb_ft_server_stopword_table both dynamic text
innodb_ft_sort_pll_degree cluster static int:1..16~
innodb_ft_user_stopword_table both dynamic text
innodb_large_prefix both unsure text - <8.0
innodb_lock_wait_timeout both dynamic int:1..1073741824~
innodb_log_compressed_pages both fixed -
innodb_lru_scan_depth both dynamic int
innodb_max_purge_lag both dynamic int:0..4294967295~
innodb_max_purge_lag_delay both dynamic int:0..10000000~
innodb_monitor_disable both dynamic text
innodb_monitor_enable both dynamic text
innodb_monitor_reset both dynamic text
innodb_monitor_reset_all both dynamic text
innodb_old_blocks_pct both dynamic int:5..95~
innodb_old_blocks_time both dynamic int
innodb_online_alter_log_max_size cluster dynamic int
innodb_open_files both unsure int:10..2147483647~
innodb_optimize_fulltext_only cluster dynamic bool
innodb_page_size cluster fixed -
innodb_print_all_deadlocks both dynamic bool
innodb_purge_batch_size cluster dynamic int:1..5000~
innodb_purge_threads cluster static int:1..32~
innodb_random_read_ahead both dynamic bool
innodb_read_ahead_threshold both dynamic int:0..64~
innodb_read_io_threads both fixed -
innodb_read_only both fixed -
innodb_replication_delay both dynamic int:0..4294967295~
innodb_rollback_on_timeout cluster static bool
innodb_rollback_segments cluster dynamic int:1..128~
innodb_sort_buffer_size both static int:65536..67108864~
innodb_spin_wait_delay cluster dynamic int
innodb_stats_auto_recalc both dynamic flag
innodb_stats_include_delete_marked cluster dynamic flag
innodb_stats_method both dynamic nulls_equal,nulls_unequal,nulls_ignored
innodb_stats_on_metadata both dynamic bool
innodb_stats_persistent both dynamic flag
innodb_stats_persistent_sample_pages both dynamic int
innodb_stats_transient_sample_pages both dynamic int
innodb_strict_mode cluster dynamic bool
innodb_support_xa cluster unsure text - <8.0
innodb_sync_array_size cluster static int:1..1024~
innodb_sync_spin_loops cluster dynamic int:0..4294967295~
innodb_table_locks cluster dynamic bool
innodb_thread_concurrency both fixed -
innodb_thread_sleep_delay both dynamic int:0..1000000~
innodb_trx_commit_allow_data_loss cluster unsure text
innodb_undo_directory cluster fixed -
innodb_undo_logs cluster unsure text - <8.0
innodb_undo_tablespaces cluster fixed - - <8.0
interactive_timeout both dynamic int:1..31536000~
internal_tmp_disk_storage_engine both dynamic INNODB,MYISAM - <8.0
internal_tmp_mem_storage_engine both dynamic MEMORY,TempTable
join_buffer_size both dynamic int
keep_files_on_create both dynamic flag
key_buffer_size both dynamic int 16777216
key_cache_age_threshold both dynamic int
key_cache_block_size both dynamic int:512..16384~
key_cache_division_limit both dynamic int:1..100~
lc_time_names cluster dynamic text
local_infile both dynamic bool 1
lock_wait_timeout both dynamic int:1..31536000~
log-bin both fixed -
log_bin_trust_function_creators both unsure bool
log_bin_use_v1_row_events both dynamic flag - <8.0
log_error both fixed -
log_error_suppression_list both dynamic text
log_output both dynamic FILE,TABLE,NONE FILE
log_queries_not_using_indexes both dynamic bool
log_replica_updates both fixed -
log_slave_updates both fixed -
log_throttle_queries_not_using_indexes both dynamic int:0..4294967295~
log_warnings both dynamic int - <8.0
long_query_time both dynamic float:0..31536000
low_priority_updates both dynamic flag
lower_case_table_names cluster static int:0..2~
master-info-repository cluster dynamic text - <8.0
master_verify_checksum cluster dynamic flag - <8.0
max_allowed_packet both dynamic int:1024..1073741824~
max_binlog_cache_size both dynamic int
max_binlog_size both fixed -
max_binlog_stmt_cache_size both dynamic int
max_connect_errors both dynamic int
max_connections both dynamic int:1..100000~
max_delayed_threads both dynamic int:0..16384~
max_error_count both dynamic int:0..65535~
max_execution_time both dynamic int:0..4294967295~
max_heap_table_size both dynamic int
max_insert_delayed_threads both dynamic int:20..16384~
max_join_size both dynamic int
max_length_for_sort_data both dynamic int:4..8388608~ - <8.0
max_prepared_stmt_count both dynamic int:0..1048576~
max_seeks_for_key both dynamic int
max_sort_length both dynamic int:4..8388608~
max_sp_recursion_depth both dynamic int:0..255~
max_tmp_tables both unsure text - <8.0
max_user_connections both dynamic int:0..4294967295~
max_write_lock_count both dynamic int
metadata_locks_cache_size both static int:1..1048576~ - <8.0
min_examined_row_limit both dynamic int
myisam_data_pointer_size both dynamic int:2..7~
myisam_max_sort_file_size both dynamic int
myisam_mmap_size both static int
myisam_sort_buffer_size both dynamic int
myisam_stats_method both dynamic text
myisam_use_mmap both dynamic flag
net_buffer_length both dynamic int:1024..1048576~
net_read_timeout both dynamic int:1..31536000~
net_retry_count both dynamic int
net_write_timeout both dynamic int:1..31536000~
old_passwords both dynamic text - <8.0
old-style-user-limits both unsure text
optimizer_prune_level both dynamic int:0..1~
optimizer_search_depth both dynamic int:0..62~
optimizer_switch both dynamic list:…
optimizer_trace both dynamic text
optimizer_trace_features both dynamic text
optimizer_trace_limit both dynamic int:0..2147483647~
optimizer_trace_max_mem_size both dynamic int:0..4294967295~
optimizer_trace_offset both dynamic int:-2147483647..2147483647~
partial_revokes cluster fixed - - >=8.0
performance_schema both static bool 0
performance_schema_accounts_size both static int:-1..1048576~
performance_schema_consumer_events_stages_current both unsure text
performance_schema_consumer_events_stages_history both unsure text
performance_schema_consumer_events_stages_history_long both unsure text
performance_schema_consumer_events_statements_current both unsure text
performance_schema_consumer_events_statements_history both unsure text
performance_schema_consumer_events_statements_history_long both unsure text
performance-schema-consumer-events-waits-current both unsure text
performance_schema_consumer_events_waits_history both unsure text
performance_schema_consumer_events_waits_history_long both unsure text
performance_schema_consumer_global_instrumentation both unsure text
performance_schema_consumer_statements_digest both unsure text
performance_schema_consumer_thread_instrumentation both unsure text
performance_schema_digests_size both static int:-1..1048576~
performance_schema_events_stages_history_long_size both static int:-1..1048576~
performance_schema_events_stages_history_size both static int:-1..1024~
performance_schema_events_statements_history_long_size both static int:-1..1048576~
performance_schema_events_statements_history_size both static int:-1..1024~
performance_schema_events_transactions_history_long_size both static int:-1..1048576~
performance_schema_events_transactions_history_size both static int:-1..1024~
performance_schema_events_waits_history_long_size both static int:-1..1048576~
performance_schema_events_waits_history_size both static int:-1..1024~
performance_schema_hosts_size both static int:-1..1048576~
performance-schema-instrument both unsure text
performance_schema_max_cond_classes both static int
performance_schema_max_cond_instances both static int:-1..1048576~
performance_schema_max_digest_length both static int:0..1048576~
performance_schema_max_file_classes both static int
performance_schema_max_file_handles both static int:0..1048576~
performance_schema_max_file_instances both static int:-1..1048576~
performance_schema_max_index_stat both static int:-1..1048576~
performance_schema_max_memory_classes both static int:0..1024~
performance_schema_max_metadata_locks both static int:-1..10485760~
performance_schema_max_mutex_classes both static int
performance_schema_max_mutex_instances both static int:-1..104857600~
performance_schema_max_prepared_statements_instances both static int:-1..4194304~
performance_schema_max_program_instances both static int:-1..1048576~
performance_schema_max_rwlock_classes both static int
performance_schema_max_rwlock_instances both static int:-1..104857600~
performance_schema_max_socket_classes both static int
performance_schema_max_socket_instances both static int:-1..1048576~
performance_schema_max_sql_text_length both static int:0..1048576~
performance_schema_max_stage_classes both static int
performance_schema_max_statement_classes both static int:0..256~
performance_schema_max_statement_stack both static int:1..256~
performance_schema_max_table_handles both static int:-1..1048576~
performance_schema_max_table_instances both static int:-1..1048576~
performance_schema_max_table_lock_stat both static int:-1..1048576~
performance_schema_max_thread_classes both static int
performance_schema_max_thread_instances both static int:-1..1048576~
performance_schema_session_connect_attrs_size both static int:-1..1048576~
performance_schema_setup_actors_size both static int:-1..1048576~
performance_schema_setup_objects_size both static int:-1..1048576~
performance_schema_show_processlist both dynamic flag
performance_schema_users_size both static int:-1..1048576~
pid_file both fixed -
plugin_dir both fixed -
port both fixed -
preload_buffer_size both dynamic int:1024..1073741824~
profiling_history_size both unsure text
query_alloc_block_size both dynamic int:1024..4294966272~
query_cache_limit both dynamic int - <8.0
query_cache_min_res_unit both dynamic int - <8.0
query_cache_size both dynamic int - <8.0
query_cache_type both dynamic text 1 <8.0
query_cache_wlock_invalidate both dynamic flag - <8.0
query_prealloc_size both dynamic int
range_alloc_block_size both dynamic int:4096..4294966272~
read_buffer_size both dynamic int:8192..2147479552~ 262144
read_only both dynamic flag
read_rnd_buffer_size both dynamic int:1..2147483647~ 524288
relay-log both fixed -
relay_log_info_repository both dynamic text - <8.0
relay_log_recovery both fixed -
relay-log-space-limit cluster static int - >=8.0
replica_checkpoint_group both dynamic int:32..524280~
replica_checkpoint_period both dynamic int:1..4294967295~
replica_parallel_type cluster dynamic DATABASE,LOGICAL_CLOCK - >=8.0
replica_parallel_workers both dynamic int:0..1024~
replica_pending_jobs_size_max both dynamic int
replica_preserve_commit_order cluster dynamic flag - >=8.0
replica_skip_errors both static text
replica_sql_verify_checksum both dynamic flag
replica_transaction_retries cluster dynamic int - >=8.0
replica_type_conversions cluster dynamic text
replicate-do-db cluster unsure text - >=8.0
replicate-do-table cluster unsure text - >=8.0
replicate-ignore-db cluster unsure text - >=8.0
replicate-ignore-table cluster unsure text - >=8.0
replicate-wild-do-table cluster unsure text - >=8.0
replicate-wild-ignore-table cluster unsure text - >=8.0
require_secure_transport cluster dynamic OFF,ON
rpl_read_size cluster dynamic int:8192..4294959104~ - >=8.0
safe-user-create both unsure text
secure_auth both dynamic bool 1 <8.0
secure_file_priv both fixed -
server_audit_events cluster dynamic list:CONNECT,QUERY,QUERY_DCL,QUERY_DDL,QUERY_DML,TABLE
server_audit_excl_users cluster dynamic list:…
server_audit_incl_users cluster dynamic list:…
server_audit_logging cluster dynamic bool
server_audit_logs_upload cluster dynamic bool
server_id cluster fixed -
show_create_table_verbosity both dynamic flag
skip-character-set-client-handshake cluster unsure text
skip_external_locking both fixed -
skip_name_resolve cluster fixed -
skip_show_database both static flag
skip-slave-start both fixed -
slave_checkpoint_group both dynamic int:32..524280~
slave_checkpoint_period both dynamic int:1..4294967295~
slave_parallel_workers both dynamic int:0..1024~
slave_pending_jobs_size_max both dynamic int
slave-skip-errors cluster static text - <8.0
slave_sql_verify_checksum both unsure text
slow_launch_time both dynamic int:0..31536000~
slow_query_log both dynamic bool
slow_query_log_file both fixed -
socket both fixed -
sort_buffer_size both dynamic int
source_verify_checksum cluster dynamic flag - >=8.0
sql_mode both dynamic list:… 0
sql_select_limit both dynamic int
stored_program_cache both dynamic int:16..524288~
sync_binlog both fixed -
sync_frm cluster dynamic flag - <8.0
sync_master_info both dynamic int:0..4294967295~
sync_relay_log both dynamic int:0..4294967295~ - <8.0
sync_relay_log_info both dynamic int:0..4294967295~
sync_source_info both dynamic int:0..4294967295~ - >=8.0
sysdate-is-now both unsure text
table_cache_element_entry_ttl both fixed -
table_definition_cache both dynamic int:400..524288~
table_open_cache both dynamic int:1..524288~
table_open_cache_instances both static int:1..64~
temp-pool both unsure text - <8.0
temptable_max_mmap both dynamic int - >=8.0
temptable_max_ram both dynamic int - >=8.0
temptable_use_mmap both dynamic flag - >=8.0
thread_cache_size both dynamic int:0..16384~
thread_handling both fixed -
thread_stack both static int 262144
time_zone cluster dynamic zone
timed_mutexes both unsure text
tls_version cluster static list:TLSv1,TLSv1.1,TLSv1.2,TLSv1.3,…
tmp_table_size both dynamic int
tmpdir both fixed -
transaction_alloc_block_size both dynamic int:1024..131072~
transaction_isolation both dynamic READ-UNCOMMITTED,READ-COMMITTED,REPEATABLE-READ,SERIALIZABLE - >=8.0
transaction_prealloc_size both dynamic int:1024..131072~
tx_isolation both dynamic READ-UNCOMMITTED,READ-COMMITTED,REPEATABLE-READ,SERIALIZABLE - <8.0
updatable_views_with_limit both dynamic flag
validate-password both fixed -
validate_password_dictionary_file both fixed -
validate_password_length both fixed -
validate_password_mixed_case_count both fixed -
validate_password_number_count both fixed -
validate_password_policy both fixed -
validate_password_special_char_count both fixed -
wait_timeout both dynamic int
"""
