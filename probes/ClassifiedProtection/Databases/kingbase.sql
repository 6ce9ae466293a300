-- SmartCity.SecurityCheck 数据库取证脚本 · 金仓 KingbaseES V8R6 及以上
-- 用法：ksql -X -U system -d test -f collect-kingbase.sql > kingbase.txt 2>&1
--       把 kingbase.txt 写进 candidate.yaml 的 hosts[].databases，或 securitycheck probe classified-protection --database kingbase.txt
-- 待核：本脚本的视图名与字段名（sys_roles、sys_authid、sys_settings、sys_hba_file_rules）凭公开资料写成，没有在金仓实库上核对过；
--       查询报错时该项记为没有看到，不会算作符合。
-- 只读：会话先设为只读事务；不建对象，不改设置，不读业务表。
-- 读什么：角色名、是否超级用户、能否登录、有效期还剩几天；口令散列的种类，不含散列；安全参数的现值；访问规则。
-- 不读什么：口令散列本身、表数据、SQL 语句文本。
-- 权限不够的查询会报错并跳过，其余照常；报错行不影响使用。每条事实一行，前后的表头、边框、空格都不要紧，请勿手改。

