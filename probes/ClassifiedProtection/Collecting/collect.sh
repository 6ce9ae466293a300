#!/bin/sh
# SmartCity.SecurityCheck 主机取证脚本 · 只读；POSIX sh（dash、bash、busybox ash）
# 用法：sh collect.sh [输出文件.tgz]      在当前目录写出取证包
#       sh collect.sh --list              只列出将读取什么、执行什么
#       sh collect.sh --stdout            取证包写到标准输出（经 ssh 调用时）
# 不需要 root；读不到的如实记录。口令散列、口令、团体字、私钥在本机就地抹去，不进入取证包。

LC_ALL=C; export LC_ALL
PATH=/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin; export PATH
umask 077
set -f

FORMAT='securitycheck-host-bundle 2'
MOST_FILES=1500
MOST_BYTES=524288
MOST_XML_WORK=2000000
STEP_SECONDS=10
WALK_SECONDS=20

# 种类 路径。种类决定留下什么：各种类保留原值的键在 kept() 里，其余的值就地遮盖；
# shadow/passwd 账户，lines 登录脚本，plain 不含设置项，stat 只看权限与属主不看内容。
files() {
    cat <<'LIST'
os /etc/os-release
os /usr/lib/os-release
plain /etc/kylin-release
plain /etc/openEuler-release
plain /etc/redhat-release
passwd /etc/passwd
shadow /etc/shadow
shadow /etc/gshadow
passwd /etc/group
login /etc/login.defs
login /etc/default/useradd
pam /etc/pam.d/*
pamconf /etc/pam.conf
policy /etc/security/*.conf
policy /etc/security/pwquality.conf.d/*.conf
stat /lib/security/pam_*.so
stat /lib64/security/pam_*.so
stat /usr/lib/security/pam_*.so
stat /usr/lib64/security/pam_*.so
stat /lib/*-linux-gnu*/security/pam_*.so
stat /usr/lib/*-linux-gnu*/security/pam_*.so
sshd /etc/ssh/sshd_config
sshd /etc/ssh/sshd_config.d/*
sshd /etc/crypto-policies/back-ends/opensshserver.config
start /etc/default/ssh
start /etc/sysconfig/sshd
unit /etc/systemd/system/ssh.service
unit /etc/systemd/system/ssh.service.d/*.conf
unit /etc/systemd/system/sshd.service
unit /etc/systemd/system/sshd.service.d/*.conf
unit /etc/systemd/system/ssh@.service
unit /etc/systemd/system/ssh@.service.d/*.conf
unit /etc/systemd/system/sshd@.service
unit /etc/systemd/system/sshd@.service.d/*.conf
unit /run/systemd/system/ssh.service
unit /run/systemd/system/ssh.service.d/*.conf
unit /run/systemd/system/sshd.service
unit /run/systemd/system/sshd.service.d/*.conf
unit /run/systemd/system/ssh@.service
unit /run/systemd/system/ssh@.service.d/*.conf
unit /run/systemd/system/sshd@.service
unit /run/systemd/system/sshd@.service.d/*.conf
unit /usr/local/lib/systemd/system/ssh.service
unit /usr/local/lib/systemd/system/ssh.service.d/*.conf
unit /usr/local/lib/systemd/system/sshd.service
unit /usr/local/lib/systemd/system/sshd.service.d/*.conf
unit /usr/local/lib/systemd/system/ssh@.service
unit /usr/local/lib/systemd/system/ssh@.service.d/*.conf
unit /usr/local/lib/systemd/system/sshd@.service
unit /usr/local/lib/systemd/system/sshd@.service.d/*.conf
unit /usr/lib/systemd/system/ssh.service
unit /usr/lib/systemd/system/ssh.service.d/*.conf
unit /usr/lib/systemd/system/sshd.service
unit /usr/lib/systemd/system/sshd.service.d/*.conf
unit /usr/lib/systemd/system/ssh@.service
unit /usr/lib/systemd/system/ssh@.service.d/*.conf
unit /usr/lib/systemd/system/sshd@.service
unit /usr/lib/systemd/system/sshd@.service.d/*.conf
unit /lib/systemd/system/ssh.service
unit /lib/systemd/system/ssh.service.d/*.conf
unit /lib/systemd/system/sshd.service
unit /lib/systemd/system/sshd.service.d/*.conf
unit /lib/systemd/system/ssh@.service
unit /lib/systemd/system/ssh@.service.d/*.conf
unit /lib/systemd/system/sshd@.service
unit /lib/systemd/system/sshd@.service.d/*.conf
stat /etc/ssh/ssh_host_*
stat /usr/sbin/sshd
stat /etc/ssh
stat /etc/hosts.equiv
stat /root/.rhosts
stat /home/*/.rhosts
wrapper /etc/hosts.allow
wrapper /etc/hosts.deny
nsswitch /etc/nsswitch.conf
sudo /etc/sudoers
sudo /etc/sudoers.d/*
kernel /etc/sysctl.conf
kernel /etc/sysctl.d/*.conf
kernel /run/sysctl.d/*.conf
kernel /usr/local/lib/sysctl.d/*.conf
kernel /usr/lib/sysctl.d/*.conf
kernel /lib/sysctl.d/*.conf
auditd /etc/audit/auditd.conf
audit /etc/audit/audit.rules
audit /etc/audit/rules.d/*.rules
auditd /etc/audit/plugins.d/*.conf
auditd /etc/audisp/plugins.d/*.conf
auditd /etc/audit/audisp-remote.conf
auditd /etc/audisp/audisp-remote.conf
unit /usr/lib/systemd/system/auditd.service
unit /lib/systemd/system/auditd.service
unit /etc/systemd/system/auditd.service
unit /etc/systemd/system/auditd.service.d/*.conf
unit /etc/systemd/system/rsyslog.service
unit /etc/systemd/system/rsyslog.service.d/*.conf
unit /run/systemd/system/rsyslog.service
unit /run/systemd/system/rsyslog.service.d/*.conf
unit /usr/local/lib/systemd/system/rsyslog.service
unit /usr/local/lib/systemd/system/rsyslog.service.d/*.conf
unit /usr/lib/systemd/system/rsyslog.service
unit /usr/lib/systemd/system/rsyslog.service.d/*.conf
unit /lib/systemd/system/rsyslog.service
unit /lib/systemd/system/rsyslog.service.d/*.conf
unit /run/systemd/system/auditd.service
unit /run/systemd/system/auditd.service.d/*.conf
unit /usr/local/lib/systemd/system/auditd.service
unit /usr/local/lib/systemd/system/auditd.service.d/*.conf
unit /usr/lib/systemd/system/auditd.service.d/*.conf
unit /lib/systemd/system/auditd.service.d/*.conf
start /etc/sysconfig/rsyslog
start /etc/default/rsyslog
grub /etc/default/grub
grub /etc/default/grub.d/*.cfg
cmdline /proc/cmdline
cmdline /etc/kernel/cmdline
cmdline /boot/loader/entries/*.conf
cmdline /boot/grub*/grub.cfg
cmdline /boot/grub*/grubenv
cmdline /boot/efi/EFI/*/grub.cfg
cmdline /boot/efi/EFI/*/grubenv
plain /etc/hosts
plain /etc/hostname
tmpfiles /etc/tmpfiles.d/*.conf
rsyslog /etc/rsyslog.conf
rsyslog /etc/rsyslog.d/*.conf
bare /etc/syslog-ng/syslog-ng.conf
journal /etc/systemd/journald.conf
journal /etc/systemd/journald.conf.d/*.conf
journal /usr/lib/systemd/journald.conf.d/*.conf
rotate /etc/logrotate.conf
rotate /etc/logrotate.d/*
stat /var/log/messages
stat /var/log/syslog
stat /var/log/secure
stat /var/log/auth.log
stat /var/log/kern.log
stat /var/log/cron
stat /var/log/maillog
stat /var/log/daemon.log
stat /var/log/user.log
stat /var/log/boot.log
stat /var/log/audit/*
stat /var/log/journal
clock /etc/chrony.conf
clock /etc/chrony/chrony.conf
clock /etc/chrony/conf.d/*.conf
clock /etc/chrony/sources.d/*.sources
clock /etc/chrony.d/*.conf
clock /etc/chrony.d/*.sources
clock /run/chrony-dhcp/*.sources
clock /etc/ntp.conf
clock /etc/ntpsec/ntp.conf
clock /etc/systemd/timesyncd.conf
clock /etc/systemd/timesyncd.conf.d/*.conf
lines /etc/profile
lines /etc/profile.d/*.sh
lines /etc/bash.bashrc
lines /etc/bashrc
lines /etc/environment
lines /root/.bashrc
lines /root/.profile
lines /root/.bash_profile
stat /etc/passwd-
stat /etc/shadow-
stat /etc/crontab
stat /etc/cron.d
stat /etc/cron.hourly
stat /etc/cron.daily
stat /etc/cron.weekly
stat /etc/cron.monthly
stat /etc/cron.allow
stat /etc/cron.deny
stat /etc/at.allow
stat /etc/at.deny
stat /var/spool/cron
stat /var/spool/cron/crontabs
stat /var/spool/at
selinux /etc/selinux/config
snmp /etc/snmp/snmpd.conf
inet /etc/inetd.conf
xinet /etc/xinetd.d/*
firewall /etc/default/ufw
firewall /etc/ufw/ufw.conf
firewall /etc/firewalld/firewalld.conf
mount /proc/mounts
plain /proc/net/tcp
plain /proc/net/tcp6
plain /proc/net/udp
plain /proc/net/udp6
stat /sys/class/tpm/*
stat /sys/kernel/security/ima
stat /var/lib/clamav/*.cvd
stat /var/lib/clamav/*.cld
stat /.dockerenv
stat /run/.containerenv
start /etc/systemd/system/*redis*.service
start /etc/systemd/system/*redis*.service.d/*.conf
start /etc/systemd/system/valkey*.service
start /etc/systemd/system/valkey*.service.d/*.conf
start /etc/systemd/system/keydb*.service
start /etc/systemd/system/keydb*.service.d/*.conf
start /etc/systemd/system/postgres*.service
start /etc/systemd/system/postgres*.service.d/*.conf
start /etc/systemd/system/mysql*.service
start /etc/systemd/system/mysql*.service.d/*.conf
start /etc/systemd/system/mariadb*.service
start /etc/systemd/system/mariadb*.service.d/*.conf
start /etc/systemd/system/nginx*.service
start /etc/systemd/system/nginx*.service.d/*.conf
start /etc/systemd/system/openresty*.service
start /etc/systemd/system/openresty*.service.d/*.conf
start /etc/systemd/system/tengine*.service
start /etc/systemd/system/tengine*.service.d/*.conf
start /etc/systemd/system/*-.service.d/*.conf
start /etc/systemd/system/*-@*.service.d/*.conf
start /etc/systemd/system/service.d/*.conf
start /run/systemd/system/*redis*.service
start /run/systemd/system/*redis*.service.d/*.conf
start /run/systemd/system/valkey*.service
start /run/systemd/system/valkey*.service.d/*.conf
start /run/systemd/system/keydb*.service
start /run/systemd/system/keydb*.service.d/*.conf
start /run/systemd/system/postgres*.service
start /run/systemd/system/postgres*.service.d/*.conf
start /run/systemd/system/mysql*.service
start /run/systemd/system/mysql*.service.d/*.conf
start /run/systemd/system/mariadb*.service
start /run/systemd/system/mariadb*.service.d/*.conf
start /run/systemd/system/nginx*.service
start /run/systemd/system/nginx*.service.d/*.conf
start /run/systemd/system/openresty*.service
start /run/systemd/system/openresty*.service.d/*.conf
start /run/systemd/system/tengine*.service
start /run/systemd/system/tengine*.service.d/*.conf
start /run/systemd/system/*-.service.d/*.conf
start /run/systemd/system/*-@*.service.d/*.conf
start /run/systemd/system/service.d/*.conf
start /usr/local/lib/systemd/system/*redis*.service
start /usr/local/lib/systemd/system/*redis*.service.d/*.conf
start /usr/local/lib/systemd/system/valkey*.service
start /usr/local/lib/systemd/system/valkey*.service.d/*.conf
start /usr/local/lib/systemd/system/keydb*.service
start /usr/local/lib/systemd/system/keydb*.service.d/*.conf
start /usr/local/lib/systemd/system/postgres*.service
start /usr/local/lib/systemd/system/postgres*.service.d/*.conf
start /usr/local/lib/systemd/system/mysql*.service
start /usr/local/lib/systemd/system/mysql*.service.d/*.conf
start /usr/local/lib/systemd/system/mariadb*.service
start /usr/local/lib/systemd/system/mariadb*.service.d/*.conf
start /usr/local/lib/systemd/system/nginx*.service
start /usr/local/lib/systemd/system/nginx*.service.d/*.conf
start /usr/local/lib/systemd/system/openresty*.service
start /usr/local/lib/systemd/system/openresty*.service.d/*.conf
start /usr/local/lib/systemd/system/tengine*.service
start /usr/local/lib/systemd/system/tengine*.service.d/*.conf
start /usr/local/lib/systemd/system/*-.service.d/*.conf
start /usr/local/lib/systemd/system/*-@*.service.d/*.conf
start /usr/local/lib/systemd/system/service.d/*.conf
start /usr/lib/systemd/system/*redis*.service
start /usr/lib/systemd/system/*redis*.service.d/*.conf
start /usr/lib/systemd/system/valkey*.service
start /usr/lib/systemd/system/valkey*.service.d/*.conf
start /usr/lib/systemd/system/keydb*.service
start /usr/lib/systemd/system/keydb*.service.d/*.conf
start /usr/lib/systemd/system/postgres*.service
start /usr/lib/systemd/system/postgres*.service.d/*.conf
start /usr/lib/systemd/system/mysql*.service
start /usr/lib/systemd/system/mysql*.service.d/*.conf
start /usr/lib/systemd/system/mariadb*.service
start /usr/lib/systemd/system/mariadb*.service.d/*.conf
start /usr/lib/systemd/system/nginx*.service
start /usr/lib/systemd/system/nginx*.service.d/*.conf
start /usr/lib/systemd/system/openresty*.service
start /usr/lib/systemd/system/openresty*.service.d/*.conf
start /usr/lib/systemd/system/tengine*.service
start /usr/lib/systemd/system/tengine*.service.d/*.conf
start /usr/lib/systemd/system/*-.service.d/*.conf
start /usr/lib/systemd/system/*-@*.service.d/*.conf
start /usr/lib/systemd/system/service.d/*.conf
start /lib/systemd/system/*redis*.service
start /lib/systemd/system/*redis*.service.d/*.conf
start /lib/systemd/system/valkey*.service
start /lib/systemd/system/valkey*.service.d/*.conf
start /lib/systemd/system/keydb*.service
start /lib/systemd/system/keydb*.service.d/*.conf
start /lib/systemd/system/postgres*.service
start /lib/systemd/system/postgres*.service.d/*.conf
start /lib/systemd/system/mysql*.service
start /lib/systemd/system/mysql*.service.d/*.conf
start /lib/systemd/system/mariadb*.service
start /lib/systemd/system/mariadb*.service.d/*.conf
start /lib/systemd/system/nginx*.service
start /lib/systemd/system/nginx*.service.d/*.conf
start /lib/systemd/system/openresty*.service
start /lib/systemd/system/openresty*.service.d/*.conf
start /lib/systemd/system/tengine*.service
start /lib/systemd/system/tengine*.service.d/*.conf
start /lib/systemd/system/*-.service.d/*.conf
start /lib/systemd/system/*-@*.service.d/*.conf
start /lib/systemd/system/service.d/*.conf
start /etc/default/mysql
start /etc/default/mariadb
start /etc/sysconfig/mysql
start /etc/sysconfig/mysqld
start /etc/sysconfig/mariadb
start /etc/sysconfig/redis
start /etc/sysconfig/nginx
start /etc/default/redis-server
start /etc/default/nginx
start /etc/sysconfig/pgsql/*
start /run/mariadb-wsrep-new-cluster
start /etc/postgresql/*/*/pg_ctl.conf
start /etc/postgresql/*/*/environment
mysql /var/lib/mysql/my.cnf
mysql /var/lib/mysql/.my.cnf
nginx /etc/nginx/nginx.conf
nginx /usr/local/nginx/conf/nginx.conf
nginx /etc/nginx/conf.d/*.conf
nginx /etc/nginx/sites-enabled/*
nginx /etc/nginx/modules-enabled/*.conf
redis /etc/redis.conf
redis /etc/redis/*.conf
redis /etc/redis/*.acl
redis /etc/valkey/*.conf
redis /etc/valkey/*.acl
redis /etc/keydb/*.conf
redis /etc/keydb/*.acl
stat /var/lib/redis
pg /etc/postgresql/*/*/postgresql.conf
hba /etc/postgresql/*/*/pg_hba.conf
pg /etc/postgresql/*/*/conf.d/*.conf
pg /var/lib/postgresql/*/*/postgresql.auto.conf
pg /var/lib/pgsql/data/postgresql.conf
pg /var/lib/pgsql/data/postgresql.auto.conf
hba /var/lib/pgsql/data/pg_hba.conf
pg /var/lib/pgsql/*/data/postgresql.conf
pg /var/lib/pgsql/*/data/postgresql.auto.conf
hba /var/lib/pgsql/*/data/pg_hba.conf
inet /etc/postgresql/*/*/pg_ident.conf
inet /var/lib/pgsql/data/pg_ident.conf
inet /var/lib/pgsql/*/data/pg_ident.conf
mysql /etc/my.cnf
mysql /etc/my.cnf.d/*.cnf
mysql /etc/mysql/my.cnf
mysql /etc/mysql/conf.d/*.cnf
mysql /etc/mysql/mysql.conf.d/*.cnf
mysql /etc/mysql/mariadb.conf.d/*.cnf
mysql /var/lib/mysql/mysqld-auto.cnf
stat /opt/dmdbms
stat /opt/dm8
stat /dm8
stat /home/dmdba/dmdbms
xml /etc/tomcat*/server.xml
xml /etc/tomcat*/web.xml
xml /etc/tomcat*/context.xml
xml /etc/tomcat*/tomcat-users.xml
xml /usr/share/tomcat*/conf/server.xml
xml /usr/share/tomcat*/conf/web.xml
xml /usr/share/tomcat*/conf/tomcat-users.xml
xml /opt/*tomcat*/conf/server.xml
xml /opt/*tomcat*/conf/web.xml
xml /opt/*tomcat*/conf/tomcat-users.xml
xml /usr/local/*tomcat*/conf/server.xml
xml /usr/local/*tomcat*/conf/web.xml
xml /usr/local/*tomcat*/conf/tomcat-users.xml
stat /etc/tomcat*/Catalina/*/*.xml
stat /usr/share/tomcat*/conf/Catalina/*/*.xml
stat /opt/*tomcat*/conf/Catalina/*/*.xml
stat /usr/local/*tomcat*/conf/Catalina/*/*.xml
stat /var/lib/tomcat*/webapps/*
stat /usr/share/tomcat*/webapps/*
stat /opt/*tomcat*/webapps/*
stat /usr/local/*tomcat*/webapps/*
LIST
}

# 名称 命令。全部只读；每条限时。
commands() {
    cat <<'LIST'
kernel uname -srm
user id -u
sshd-version sshd -V
ssh-version ssh -V
nginx-version nginx -v
redis-version redis-server --version
mysql-version mysqld --version
listening ss -lntup
listening-netstat netstat -lntup
units systemctl list-unit-files --type=service,socket --no-legend --no-pager
units-active systemctl list-units --type=service,socket --state=active --plain --no-legend --no-pager
processes ps -eo user,comm
audit-status auditctl -s
audit-rules auditctl -l
selinux getenforce
apparmor aa-status --enabled
kysec getstatus
nft nft list ruleset
iptables iptables -S
ufw ufw status
firewalld firewall-cmd --state
firewalld-zone firewall-cmd --list-all
chrony chronyc -n sources
time-sync timedatectl show
secure-boot mokutil --sb-state
packages-dpkg dpkg-query -W -f ${Package}\t${Version}\t${db:Status-Status}\n
packages-rpm rpm -qa --qf %{NAME}\t%{VERSION}-%{RELEASE}\tinstalled\n
updates-apt apt-get -s -q -o Debug::NoLocking=true upgrade
updates-dnf dnf -C -q updateinfo list security
lastlog lastlog -b 90
LIST
}

sysctls='kernel.randomize_va_space net.ipv4.ip_forward net.ipv4.tcp_syncookies net.ipv4.conf.all.accept_redirects net.ipv4.conf.default.accept_redirects net.ipv4.conf.all.send_redirects net.ipv4.conf.default.send_redirects net.ipv4.conf.all.accept_source_route net.ipv4.conf.default.accept_source_route net.ipv6.conf.all.accept_redirects'

say() { printf '%s\n' "$*" >&2; }

describe() {
    echo '将读取的文件（只有核查用到的设置项保留原值，其余的值就地遮盖；stat 只看权限与属主）：'
    files | sed 's/^/  /'
    echo '  sshd、nginx、sudo、PostgreSQL、MySQL、Redis、rsyslog 配置里 Include 到的文件'
    echo '将执行的命令（只读，每条限时）：'
    commands | sed 's/^[^ ]* /  /'
    echo '  读取 /proc/sys 下的内核参数；find / -xdev 查全局可写与 SUID/SGID 文件（限时）'
    echo '不读取：私钥内容、计划任务内容、用户数据、进程参数。不修改、不安装、不联网。'
}

mode=file; target=
case "${1:-}" in
    --list) describe; exit 0 ;;
    --stdout) mode=stdout ;;
    -*) say "不认识的选项 $1；用法：sh collect.sh [输出文件.tgz] | --list | --stdout"; exit 2 ;;
    *) target=${1:-} ;;
esac

have() { command -v "$1" >/dev/null 2>&1; }
for tool in awk sed tar gzip find; do
    have "$tool" || { say "缺少 $tool，无法收集"; exit 3; }
done
if have sha256sum; then digest() { sha256sum "$1" | cut -d' ' -f1; }
elif have openssl; then digest() { openssl dgst -sha256 "$1" | sed 's/.*= *//'; }
else say '缺少 sha256sum 或 openssl，无法收集'; exit 3; fi

describe >&2
[ "$(id -u 2>/dev/null)" = 0 ] || say '注意：不是 root，/etc/shadow 等文件读不到，会记为“无权读取”。'

work=$(mktemp -d "${TMPDIR:-/tmp}/securitycheck.XXXXXX") || { say '无法建立临时目录'; exit 3; }
trap 'rm -rf "$work"' EXIT
trap 'exit 130' HUP INT TERM
top=$work/securitycheck-host
mkdir "$top" "$top/f" "$top/c"
index=$top/index.tsv
seen="|"
: >"$index"; : >"$work/jobs"; : >"$work/entries"
count=0
tab=$(printf '\t')
newline='
'

if have timeout; then limited() { s=$1; shift; timeout "$s" "$@"; }
else limited() { shift; "$@"; }; fi

# 遮盖。每行保留，行号不变；表上没有的键只留名，值写作 <已遮盖>。
kept() {
    cat <<'LIST'
@kept-keys.txt@
LIST
}
BLACKEN='
@blacken.awk@
'
KEEP=$(kept | tr '\n' '|')
KEYS='(password|passwd|passphrase|pwd|secret|token|bindpw|bindpasswd|ldapbindpasswd|radiussecrets|api_?key|access_?key|private_?key|auth_?key|community)'
any_secret() {
    sed -E "$@" \
        -e '/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/,/-----END [A-Z0-9 ]*PRIVATE KEY-----/s/.*/***/' \
        -e 's#(://[^/@:[:space:]]*:)[^/@[:space:]]*@#\1***@#g' \
        -e "s#(--requirepass([[:space:]=]|[\\\\]?[\"'])+)foobared([[:space:]\"'\\\\]|\$)#\1***example\3#gI" \
        -e "s#(--requirepass([[:space:]=]|[\\\\]?[\"'])+)-?[^[:space:]\"'*\\\\-][^[:space:]\"'\\\\]{0,6}([[:space:]\"'\\\\]|\$)#\1***short\3#gI" \
        -e "s#(--[a-z_-]*(pass|password|auth|secret|token|masteruser)([[:space:]=]|[\\\\]?[\"'])+)-?[^[:space:]\"'*\\\\-][^[:space:]\"'\\\\]*#\1***#gI" \
        -e "/--[uU][sS][eE][rR][[:space:]\"']/s#([>#<!])[^[:space:]\"'*\\\\][^[:space:]\"'\\\\]*#\1***#g" \
        -e "s#(--rename-command([[:space:]=]|[\\\\]?[\"'])+[^[:space:]\"'\\\\]+([\\\\]?[\"'])?[[:space:]]+([\\\\]?[\"'])?)-?[^[:space:]\"'*\\\\-][^[:space:]\"'\\\\]*#\1***#gI" \
        -e "s#($KEYS[\"']?[[:space:]]*[=][[:space:]]*)(\"[^\"]*\"|'[^']*'|[^[:space:];\"']+)#\\1***#gI" \
        -e "s#(ssl[_-]passphrase[_-]command[[:space:]]*=[[:space:]]*)(.*[^\\\\])?([\\\\]*)\$#\\1<已遮盖>\\3#I"
}
# 命令输出里的注释是人写的
remarks() { any_secret -e 's#(comment[[:space:]]+)("[^"]*"|[^[:space:]]+)#\1***#gI'; }
mask() {
    case $1 in
        shadow) awk -F: 'BEGIN { OFS = ":" }
            NF < 2 { print ($0 == "" ? "" : "***"); next }
            { h = $2; p = ""
              while (substr(h, 1, 1) == "!" || substr(h, 1, 1) == "*") { p = p substr(h, 1, 1); h = substr(h, 2) }
              if (h != "" && h != "x" && h != "NP" && h != "LK" && h != "NL") {
                  if (substr(h, 1, 1) == "$") { n = split(h, s, "$"); h = "$" (s[2] ~ /^(1|2[abxy]?|5|6|7|y|gy|md5|sha1|sm3)$/ ? s[2] : "?") "$***" }
                  else if (length(h) == 13) h = "DES***"
                  else if (h != "***" && h != "DES***") h = "***" }
              $2 = p h; print }' ;;
        passwd) awk -F: 'BEGIN { OFS = ":" } NF < 2 { print ($0 == "" || $0 ~ /^[+-]$/ ? $0 : /^#/ ? "#" : "***"); next } /^#/ { print "#"; next } { if ($2 != "" && $2 != "x" && $2 != "*" && $2 != "!") $2 = "***"; if (NF > 4) $5 = ""; print }' ;;
        xml) awk -v kind=xml -v KEEP="$KEEP" -v Q="'" "$BLACKEN" ;;
        *) awk -v kind="$1" -v KEEP="$KEEP" -v Q="'" "$BLACKEN" | any_secret ;;
    esac
}

described() {
    if have stat; then stat -L -c "%F$tab%a$tab%U$tab%G$tab%s$tab%Y" "$1" 2>/dev/null || printf -- '-\t-\t-\t-\t-\t-'
    else printf -- '-\t-\t-\t-\t-\t-'; fi
}
known() { case $seen in *"|$1|"*) return 0 ;; esac; return 1; }
# 属性留到最后一次取齐：每个文件起一个进程太慢
entry() {
    link=
    if [ -h "$1" ] && have readlink; then link=$(readlink "$1" 2>/dev/null | tr -d '\t\n'); fi
    printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$link" "${3:-}" >>"$work/entries"
}
finish_index() {
    : >"$work/stats"
    if have stat; then cut -f1 "$work/entries" | xargs stat -L -c "%n$tab%F$tab%a$tab%U$tab%G$tab%s$tab%Y" >"$work/stats" 2>/dev/null; fi
    awk -F"$tab" -v OFS="$tab" 'NR == FNR { about[$1] = $2 OFS $3 OFS $4 OFS $5 OFS $6 OFS $7; next }
        { none = "-" OFS "-" OFS "-" OFS "-" OFS "-" OFS "-"; print $1, $2, ($1 in about ? about[$1] : none), $3, $4 }' "$work/stats" "$work/entries" >>"$index"
}

# XML 可写成遮盖很慢的样子：尖括号的个数乘长度（KiB）太大的不取，解开的目录按同一个数；路径、字节数
laborious() { marks=$(tr -cd '<' <"$1" 2>/dev/null | wc -c); [ $((marks * ($2 / 1024))) -gt "$MOST_XML_WORK" ]; }
# 机器太忙时还有时限：有一个没来得及的，其余的也不再取
slow=
masked() {
    if [ "$1" != xml ]; then mask "$1"; return $?; fi
    [ -z "$slow" ] || return 124
    limited "$STEP_SECONDS" awk -v kind=xml -v KEEP="$KEEP" -v Q="'" "$BLACKEN"
}

# 一个文件：种类、路径
take() {
    known "$2" && return 0
    seen="$seen$2|"
    case $2 in *[!A-Za-z0-9/._@+:,~=%-]*) return 0 ;; esac
    if [ ! -e "$2" ] && [ ! -h "$2" ]; then
        up=${2%/*}
        while [ -n "$up" ] && [ ! -d "$up" ]; do up=${up%/*}; done
        if [ -n "$up" ] && [ ! -x "$up" ]; then printf '%s\tdenied\t-\t-\t-\t-\t-\t-\t\t\n' "$2" >>"$index"
        else printf '%s\tmissing\t-\t-\t-\t-\t-\t-\t\t\n' "$2" >>"$index"; fi
        return 0
    fi
    if [ -d "$2" ]; then entry "$2" directory; return 0; fi
    if [ "$1" = stat ]; then entry "$2" stat; return 0; fi
    if [ ! -f "$2" ]; then entry "$2" special; return 0; fi
    if [ ! -r "$2" ]; then entry "$2" denied; return 0; fi
    size=$(wc -c <"$2" 2>/dev/null); size=${size##* }
    if [ "${size:-0}" -gt "$MOST_BYTES" ]; then entry "$2" large; return 0; fi
    if [ "$1" = xml ] && laborious "$2" "${size:-0}"; then entry "$2" large; return 0; fi
    if [ "$count" -ge "$MOST_FILES" ]; then entry "$2" beyond; return 0; fi
    if grep -q 'PRIVATE KEY-----' "$2" 2>/dev/null; then entry "$2" private; return 0; fi
    count=$((count + 1))
    masked "$1" <"$2" >"$top/f/$count" 2>/dev/null; code=$?
    if [ "$code" != 0 ]; then
        rm -f "$top/f/$count"
        # busybox 的 timeout 返回 143
        case $code in 124|137|143) slow=1; entry "$2" beyond ;; *) entry "$2" denied ;; esac
        return 0
    fi
    entry "$2" read "f/$count"
    printf '%s %s %s\n' "$1" "$2" "f/$count" >>"$work/jobs"
}

# 有没有通配符：* ? [
wild() { case $1 in *[*?[]*) return 0 ;; esac; return 1; }

# 展开一个模式，每行一个；不按空格拆，名字里的换行写作 ?，[^…] 写作各家 shell 都懂的 [!…]
expand() {
    rest=$1; glob=
    while :; do case $rest in *'[^'*) glob=$glob${rest%%'[^'*}'[!'; rest=${rest#*'[^'} ;; *) break ;; esac; done
    (set +f; IFS=; for one in $glob$rest; do
        [ -e "$one" ] || [ -h "$one" ] || continue
        case $one in *"$newline"*) printf '%s' "$one" | tr '\n' '?'; echo ;; *) printf '%s\n' "$one" ;; esac
    done)
}

# 目录进不去时，里面有没有那个文件不得而知：记为无权
shut() {
    part=${1%/*}
    while wild "$part"; do
        tail=${1#"$part"}
        wild "$tail" || expand "$part" >"$work/doors"
        if ! wild "$tail"; then
            while IFS= read -r door; do
                if [ -d "$door" ] && [ ! -x "$door" ]; then case $door in *[!A-Za-z0-9/._@+:,~=%-]*) ;; *) printf '%s\tdenied\t-\t-\t-\t-\t-\t-\t\t\n' "$door$tail" >>"$index" ;; esac; fi
            done <"$work/doors"
        fi
        part=${part%/*}
    done
}

# 有名字含特殊字符的文件或目录合于某个模式而没有取：其上的目录记为 odd
odd() {
    up=${1%/*}
    while :; do case $up in *[!A-Za-z0-9/._@+:,~=%-]*) up=${up%/*} ;; *) break ;; esac; done
    known "$up//" && return 0
    seen="$seen$up//|"
    printf '%s/\todd\t-\t-\t-\t-\t-\t-\t\t\n' "$up" >>"$index"
}

# 一个目录能不能列出：能列出的，没有记下的就是没有
listing() {
    known "$1/" && return 0
    seen="$seen$1/|"
    case $1 in *[!A-Za-z0-9/._@+:,~=%-]*) odd "$1"; return 0 ;; esac
    if [ ! -d "$1/" ]; then
        up=${1%/*}
        while [ -n "$up" ] && [ ! -d "$up" ]; do up=${up%/*}; done
        if [ -n "$up" ] && [ ! -x "$up" ]; then printf '%s/\tdenied\t-\t-\t-\t-\t-\t-\t\t\n' "$1" >>"$index"
        else printf '%s/\tmissing\t-\t-\t-\t-\t-\t-\t\t\n' "$1" >>"$index"; fi
    elif [ -r "$1/" ] && [ -x "$1/" ]; then
        printf '%s/\tlisted\t%s\t\t\n' "$1" "$(described "$1/")" >>"$index"
    else printf '%s/\tdenied\t%s\t\t\n' "$1" "$(described "$1/")" >>"$index"; fi
}

# 含通配符的每一段，其上的目录都记下能不能列出；最后一段总要记
listings() {
    above=; below=${1#/}
    while :; do
        step=${below%%/*}
        if wild "$above"; then
            if [ "$step" = "$below" ] || wild "$step"; then
                expand "$above" >"$work/folders"
                while IFS= read -r folder; do
                    if [ -d "$folder" ]; then listing "$folder"; else case $folder in *'?'*) odd "$folder" ;; esac; fi
                done <"$work/folders"
            fi
        elif wild "$step"; then listing "$above"; fi
        case $below in */*) above=$above/$step; below=${below#*/} ;; *) return 0 ;; esac
    done
}

# 一个路径模式：不含通配符的直接取；含通配符的先记下目录能不能列出，再记下展开过这个模式
pattern() {
    if ! wild "$2"; then take "$1" "$2"; return 0; fi
    case $2 in *"$tab"*) return 0 ;; esac
    if [ "${#2}" -gt 1000 ]; then return 0; fi
    if ! known "*$2"; then
        seen="$seen*$2|"
        printf '%s\tglobbed\t-\t-\t-\t-\t-\t-\t\t\n' "$2" >>"$index"
        listings "$2"
        shut "$2"
    fi
    expand "$2" >"$work/found"
    while IFS= read -r found; do
        case $found in *[!A-Za-z0-9/._@+:,~=%-]*) odd "$found"; continue ;; esac
        take "$1" "$found"
    done <"$work/found"
}

# 遍历文件系统最慢，与其余的同时做
if have stat && have timeout; then
    (
        timeout "$WALK_SECONDS" find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /run -o -path /tmp -o -path /var/tmp -o -path /var/lib/docker -o -path /var/lib/containers -o -path /snap \) -prune \
            -o \( -type f \( -perm -0002 -o -perm -4000 -o -perm -2000 \) -o -type d -perm -0002 ! -perm -1000 \) -exec stat -c '%a %U %F %n' {} + >"$work/walk" 2>/dev/null
        echo $? >"$work/walked"
    ) &
fi

files >"$work/files"
while read -r kind path; do pattern "$kind" "$path"; done <"$work/files"
# mysqld 还读其账户主目录里的 .my.cnf
own=$(awk -F: '$1 == "mysql" && $6 ~ /^\// { print $6; exit }' /etc/passwd 2>/dev/null)
if [ -n "$own" ]; then take mysql "${own%/}/.my.cnf"; fi

# Include：至多五层
includes() {
    base=${2%/*}
    case $2 in
        /etc/ssh/*|/etc/crypto-policies/*) awk 'tolower($1) ~ /^include(=|$)/ { gsub(/=/, " "); gsub(/"/, ""); for (i = 2; i <= NF; i++) print (substr($i, 1, 1) == "/" ? $i : "/etc/ssh/" $i) }' "$top/$3" ;;
        */nginx/*) awk '$1 == "include" { p = $2; sub(/;.*/, "", p); gsub(/["'\'']/, "", p); print p }' "$top/$3" | sed "s#^\\([^/]\\)#$(case $2 in /usr/local/nginx/*) echo /usr/local/nginx/conf ;; *) echo /etc/nginx ;; esac)/\\1#" ;;
        /etc/sudoers*) awk '$1 ~ /^[#@]include$/ { print $2 } $1 ~ /^[#@]includedir$/ { print $2 "/*" }' "$top/$3" | sed "s#^\\([^/]\\)#$base/\\1#" ;;
        */postgresql*.conf|*/conf.d/*.conf) awk -F"'" '/^[ \t]*include(_if_exists)?[ \t=]/ { print $2 } /^[ \t]*include_dir[ \t=]/ { print $2 "/*.conf" } /^[ \t]*hba_file[ \t=]/ { print "hba " $2 } /^[ \t]*ident_file[ \t=]/ { print "inet " $2 }' "$top/$3" | sed -e "s#^hba \\([^/]\\)#hba $base/\\1#" -e "s#^inet \\([^/]\\)#inet $base/\\1#" -e "/^[hi][a-z]* /!s#^\\([^/]\\)#$base/\\1#" ;;
        */pg_hba*) awk '$1 == "include" || $1 == "include_if_exists" { gsub(/"/, ""); print $2 } $1 == "include_dir" { gsub(/"/, ""); print $2 "/*.conf" }' "$top/$3" | sed "s#^\\([^/]\\)#$base/\\1#" ;;
        *.cnf) awk '$1 == "!include" { print $2 } $1 == "!includedir" { p = $2; sub(/\/$/, "", p); print p "/*.cnf" } /^[ \t]*datadir[ \t]*=/ { p = $0; sub(/^[^=]*=[ \t]*/, "", p); sub(/[ \t\r]*(#.*)?$/, "", p); sub(/\/$/, "", p); print p "/mysqld-auto.cnf" }' "$top/$3" ;;
        */redis*|/etc/valkey/*|/etc/keydb/*) awk 'tolower($1) == "include" || tolower($1) == "aclfile" { print $2 }' "$top/$3" | sed "s#^\\([^/]\\)#$base/\\1#" ;;
        /etc/rsyslog*) awk 'tolower($1) == "$includeconfig" { print $2 } { if (match($0, /include\(file="[^"]*"/)) print substr($0, RSTART + 14, RLENGTH - 15) }' "$top/$3" ;;
    esac
}
round=0
while [ -s "$work/jobs" ] && [ "$round" -lt 5 ]; do
    round=$((round + 1))
    mv "$work/jobs" "$work/round"; : >"$work/jobs"
    while read -r kind path stored; do
        includes "$kind" "$path" "$stored" >"$work/more" 2>/dev/null
        while read -r more; do
            case $more in /*) pattern "$kind" "$more" ;; 'hba /'*) pattern hba "${more#hba }" ;; 'inet /'*) pattern inet "${more#inet }" ;; esac
        done <"$work/more"
    done <"$work/round"
done

# nginx 私钥、数据目录只看权限
set +f; cat "$top"/f/* 2>/dev/null | awk '$1 == "ssl_certificate_key" { p = $2; sub(/;.*/, "", p); if (p !~ /^\//) p = "/etc/nginx/" p; print p } tolower($1) == "dir" && $2 ~ /^\// { print $2 }' >"$work/keys"; set -f
while read -r key; do pattern stat "$key"; done <"$work/keys"

ran() { printf '%s\t%s\t%s\n' "$1" "$2" "$3" >>"$top/commands.tsv"; }
: >"$top/commands.tsv"
commands >"$work/commands"
while read -r name line; do
    set -- $line
    if ! have "$1"; then ran "$name" missing "$line"; continue; fi
    case $name in
        packages-dpkg) limited "$STEP_SECONDS" dpkg-query -W -f '${Package}\t${Version}\t${db:Status-Status}\n' >"$work/out" 2>&1; code=$? ;;
        packages-rpm) limited "$STEP_SECONDS" rpm -qa --qf '%{NAME}\t%{VERSION}-%{RELEASE}\tinstalled\n' >"$work/out" 2>&1; code=$? ;;
        *) limited "$STEP_SECONDS" "$@" </dev/null >"$work/out" 2>&1; code=$? ;;
    esac
    case $name in processes) sort -u "$work/out" >"$work/sorted"; mv "$work/sorted" "$work/out" ;; esac
    case $name in units-active) awk '{ print $1, $2, $3, $4 }' "$work/out" >"$work/sorted"; mv "$work/sorted" "$work/out" ;; esac
    head -c 4194304 "$work/out" | remarks >"$top/c/$name"
    ran "$name" "$code" "$line"
done <"$work/commands"

for key in $sysctls; do
    at=/proc/sys/$(printf '%s' "$key" | tr . /)
    if [ -r "$at" ]; then printf '%s = %s\n' "$key" "$(cat "$at" 2>/dev/null)"; fi
done >"$top/c/sysctl"
ran sysctl 0 '/proc/sys'

set +f
for database in /var/lib/clamav/*.cvd /var/lib/clamav/*.cld; do
    [ -r "$database" ] && printf '%s %s\n' "$database" "$(head -c 64 "$database" | tr -cd '[:print:]')"
done >"$top/c/clamav-database" 2>/dev/null
set -f
ran clamav-database 0 'head -c 64 /var/lib/clamav/*.c[vl]d'

wait
if [ -s "$work/walked" ]; then
    sort "$work/walk" | head -n 2000 >"$top/c/walk"
    ran walk "$(cat "$work/walked")" "find / -xdev -perm"
else
    ran walk missing 'find'
fi
finish_index

printf '%s\n' "$FORMAT" >"$top/format.txt"
(cd "$top" && find . -type f | sed 's#^\./##' | sort) >"$work/list"
if have sha256sum; then (cd "$top" && xargs sha256sum <"$work/list") >"$work/sums" && mv "$work/sums" "$top/MANIFEST.sha256"
else while read -r name; do printf '%s  %s\n' "$(digest "$top/$name")" "$name"; done <"$work/list" >"$top/MANIFEST.sha256"; fi

missed=$(awk -F"$tab" '$2 == "denied"' "$index" | wc -l | tr -d ' ')
say "读到 $count 个文件，无权读取 $missed 处。"
if [ "$mode" = stdout ]; then
    tar -cf - -C "$work" securitycheck-host | gzip -c
else
    [ -n "$target" ] || target="$(uname -n | tr -cd 'A-Za-z0-9.-').tgz"
    tar -cf - -C "$work" securitycheck-host | gzip -c >"$target" || { say "写不出 $target"; exit 4; }
    say "取证包：$target"
    say "SHA-256：$(digest "$target")"
fi
