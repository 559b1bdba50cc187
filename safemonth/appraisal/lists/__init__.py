"""Lists to commend and to criticise, approved by the leader and issued as notices."""
