"""The customer community: everything said to us in one inbox, answered fast, honestly and only once.

The way of a conversation: `receive` opens or continues it from a mention; `assign` names who takes care;
`answer` passes the gate; `send` sends it once, unless `recognise` finds that it was answered on the network itself;
`give_back` puts before a person what was not sent; `settle` closes, snoozes, reopens. The response clock runs in
service hours.
"""
