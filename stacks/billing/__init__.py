"""What AWS bills for what is made, without prices."""
