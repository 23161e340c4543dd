#!/bin/sh
# Begins a new log of visits and deletes those of more than a month ago; for every night, where nginx runs.
#
#   rotate_visits [LOG [PID]]    the log (NGINX_VISITS), and the file with the process number of nginx
#
# nginx goes on writing into the renamed log until it has opened the new one, so no line is lost. What is not counted yet is
# counted under the new name: manage.py count_visits knows a log by what it says.
set -eu

log=${1:-${NGINX_VISITS:-/var/log/visits/visits.log}}
pid=${2:-/var/run/nginx.pid}

if [ -s "$log" ]; then
    mv "$log" "${log%.log}-$(date -u +%Y%m%dT%H%M%SZ).log"
    kill -USR1 "$(cat "$pid")"
fi
find "$(dirname "$log")" -name "$(basename "${log%.log}")-*.log*" -mtime +30 -delete
