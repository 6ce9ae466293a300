-- SmartCity.SecurityCheck 数据库取证脚本 · PostgreSQL 10 及以上
-- 用法：psql -X -d postgres -f collect-postgresql.sql > postgresql.txt 2>&1
--       把 postgresql.txt 写进 candidate.yaml 的 hosts[].databases，或 securitycheck probe classified-protection --database postgresql.txt
-- 只读：会话先设为只读事务；不建对象，不改设置，不读业务表。
-- 读什么：角色名、是否超级用户、能否登录、有效期还剩几天（pg_roles）；口令散列的种类，不含散列（pg_authid，要超级用户）；
--         安全参数的现值（pg_settings）；访问规则（pg_hba_file_rules，要超级用户）。
-- 不读什么：口令散列本身、表数据、SQL 语句文本。
-- 权限不够的查询会报错并跳过，其余照常；报错行不影响使用。每条事实一行，前后的表头、边框、空格都不要紧，请勿手改。

SET default_transaction_read_only = on;

SELECT 'SC' || 'FACT|begin|1|postgresql|' || current_setting('server_version') || '|port-' || current_setting('port') || '|' || to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') || '|END' AS fact;

-- 角色：名|超级用户|可登录|初始化时建立|剩余天数或 never
SELECT 'SC' || 'FACT|role|' || CASE WHEN rolname ~ '^[A-Za-z0-9_.$-]+$' THEN rolname::text ELSE 'hex:' || encode(convert_to(rolname::text, 'UTF8'), 'hex') END
    || '|' || rolsuper || '|' || rolcanlogin || '|' || (oid = 10)
    || '|' || CASE WHEN rolvaliduntil IS NULL OR rolvaliduntil = 'infinity' THEN 'never' ELSE ceil(extract(epoch FROM rolvaliduntil - now()) / 86400)::text END || '|END' AS fact
FROM pg_roles WHERE rolname !~ '^pg_' ORDER BY rolname;
SELECT 'SC' || 'FACT|count|role|' || count(*) || '|END' AS fact FROM pg_roles WHERE rolname !~ '^pg_';

-- 口令种类：名|scram、md5、none、other
SELECT 'SC' || 'FACT|secret|' || CASE WHEN rolname ~ '^[A-Za-z0-9_.$-]+$' THEN rolname::text ELSE 'hex:' || encode(convert_to(rolname::text, 'UTF8'), 'hex') END
    || '|' || CASE WHEN rolpassword IS NULL THEN 'none' WHEN rolpassword LIKE 'SCRAM-SHA-256$%' THEN 'scram' WHEN rolpassword LIKE 'md5%' THEN 'md5' ELSE 'other' END || '|END' AS fact
FROM pg_authid WHERE rolname !~ '^pg_' ORDER BY rolname;
SELECT 'SC' || 'FACT|count|secret|' || count(*) || '|END' AS fact FROM pg_authid WHERE rolname !~ '^pg_';

-- 参数：名|值|来源
SELECT 'SC' || 'FACT|setting|' || name || '|' || translate(setting, '|' || chr(10) || chr(13), '/  ') || '|' || source || '|END' AS fact
FROM pg_settings WHERE name IN ('password_encryption', 'ssl', 'shared_preload_libraries', 'log_connections', 'log_disconnections', 'logging_collector',
    'log_statement', 'pgaudit.log', 'pgaudit.log_level', 'log_line_prefix', 'idle_session_timeout', 'listen_addresses', 'log_min_messages', 'log_destination', 'log_directory',
    'log_filename', 'ssl_min_protocol_version', 'ssl_max_protocol_version', 'ssl_ciphers', 'auth_delay.milliseconds', 'credcheck.password_min_length', 'credcheck.max_auth_failure') ORDER BY name;
SELECT 'SC' || 'FACT|count|setting|' || count(*) || '|END' AS fact
FROM pg_settings WHERE name IN ('password_encryption', 'ssl', 'shared_preload_libraries', 'log_connections', 'log_disconnections', 'logging_collector',
    'log_statement', 'pgaudit.log', 'pgaudit.log_level', 'log_line_prefix', 'idle_session_timeout', 'listen_addresses', 'log_min_messages', 'log_destination', 'log_directory',
    'log_filename', 'ssl_min_protocol_version', 'ssl_max_protocol_version', 'ssl_ciphers', 'auth_delay.milliseconds', 'credcheck.password_min_length', 'credcheck.max_auth_failure');

-- 访问规则：行号|类型|地址|掩码|方法|是否有错|用户映射
SELECT 'SC' || 'FACT|hba|' || line_number || '|' || coalesce(type, '-') || '|' || coalesce(address, '-') || '|' || coalesce(netmask, '-') || '|' || coalesce(auth_method, '-')
    || '|' || (error IS NOT NULL)
    || '|' || coalesce((SELECT translate(substr(o, 5), '|', '/') FROM unnest(options) AS o WHERE o LIKE 'map=%' LIMIT 1), '-') || '|END' AS fact
FROM pg_hba_file_rules ORDER BY line_number;
SELECT 'SC' || 'FACT|count|hba|' || count(*) || '|END' AS fact FROM pg_hba_file_rules;

SELECT 'SC' || 'FACT|end|END' AS fact;
