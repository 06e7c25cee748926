"""The customer community: everything said to us in one inbox, answered fast, honestly and only once.

The way of a conversation: `receive` opens or continues it from a mention; `assign` names who takes care;
`answer` passes the gate and is sent once; `settle` closes, snoozes, reopens. The response clock runs in
service hours.
"""
