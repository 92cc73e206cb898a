#!/bin/sh
# Stops what the stack started when the stack itself can no longer do it (kill -9, a crash).
# The stack holds this script's standard input; the kernel closes it however the stack ends.
#
#   + TARGET SIGNAL   watch TARGET (a pid, or -pid for its whole group); SIGNAL asks it to stop
#   - TARGET          it has ended by itself

# Ctrl-C and a closed terminal are for the stack to handle: only the pipe's end counts here.
trap '' INT HUP TERM

watched=''
while read -r verb target signal; do
  case $verb in
    +) watched="$watched $target:$signal" ;;
    -)
      rest=''
      for entry in $watched; do
        [ "${entry%%:*}" = "$target" ] || rest="$rest $entry"
      done
      watched=$rest
      ;;
  esac
done

tell() { kill -s "$1" -- "$2" 2>/dev/null; }

some_alive() {
  for entry in $watched; do
    if kill -s 0 -- "${entry%%:*}" 2>/dev/null; then return 0; fi
  done
  return 1
}

wait_tenths() {
  tenths=$1
  while [ "$tenths" -gt 0 ] && some_alive; do
    sleep 0.1
    tenths=$((tenths - 1))
  done
}

for entry in $watched; do tell "${entry#*:}" "${entry%%:*}"; done
wait_tenths 50

# Postgres (INT) abandons its shutdown checkpoint and takes its backends along; its log replays.
for entry in $watched; do
  if [ "${entry#*:}" = INT ]; then tell QUIT "${entry%%:*}"; else tell KILL "${entry%%:*}"; fi
done
wait_tenths 20
for entry in $watched; do tell KILL "${entry%%:*}"; done
exit 0
