-- SmartCity.SecurityCheck 数据库取证脚本 · 达梦 DM8
-- 用法：disql SYSDBA@localhost:5236，在其中：SPOOL dameng.txt  START collect-dameng.sql  SPOOL OFF（也可在 DM 管理工具里执行并导出结果）
--       三权分立时 SYSDBA 看不到审计规则：再用 SYSAUDITOR 执行一次，两份输出都交。
--       把 dameng.txt 写进 candidate.yaml 的 hosts[].databases，或 securitycheck probe classified-protection --database dameng.txt
-- 待核：本脚本的视图名与字段名（V$DM_INI、SYSUSERS、SYSOBJECTS、SYSAUDITOR.SYSAUDIT）凭公开资料写成，没有在达梦实库上核对过；
--       查询报错时该项记为没有看到，不会算作符合。新版本用 PROFILE 管理资源限制时，SYSUSERS 里的数值须与 PROFILE 对照。
-- 只读：只有 SELECT；不建对象，不改设置，不读业务表。
-- 读什么：口令策略、审计、通信加密的参数现值（V$DM_INI）；用户名与资源限制（失败次数、锁定分钟、口令天数、空闲分钟，SYSUSERS）；审计规则条数。
-- 不读什么：口令散列本身、表数据、SQL 语句文本。
-- 权限不够的查询会报错并跳过，其余照常。每条事实一行，前后的行号、表头、空格都不要紧，请勿手改。

SELECT 'SC' || 'FACT|begin|1|dameng|' || REPLACE((SELECT MAX(SVR_VERSION) FROM V$INSTANCE), '|', '/') || '|' || REPLACE((SELECT MAX(INSTANCE_NAME) FROM V$INSTANCE), '|', '/') || '|' || TO_CHAR(SYSDATE, 'YYYY-MM-DD HH24:MI:SS') || '|END' AS FACT FROM DUAL;

-- 参数：名|值
SELECT 'SC' || 'FACT|parameter|' || PARA_NAME || '|' || REPLACE(PARA_VALUE, '|', '/') || '|END' AS FACT FROM V$DM_INI
WHERE PARA_NAME IN ('PWD_POLICY', 'PWD_MIN_LEN', 'COMPATIBLE_MODE', 'ENABLE_AUDIT', 'ENABLE_ENCRYPT', 'COMM_ENCRYPT_NAME') ORDER BY PARA_NAME;
SELECT 'SC' || 'FACT|count|parameter|' || COUNT(*) || '|END' AS FACT FROM V$DM_INI
WHERE PARA_NAME IN ('PWD_POLICY', 'PWD_MIN_LEN', 'COMPATIBLE_MODE', 'ENABLE_AUDIT', 'ENABLE_ENCRYPT', 'COMM_ENCRYPT_NAME');

-- 用户：名|失败次数|锁定分钟|口令天数|空闲分钟
SELECT 'SC' || 'FACT|user|' || REPLACE(O.NAME, '|', '_') || '|' || U.FAILED_NUM || '|' || U.LOCK_TIME || '|' || U.LIFE_TIME || '|' || U.CONN_IDLE_TIME || '|END' AS FACT
FROM SYSUSERS U, SYSOBJECTS O WHERE U.ID = O.ID AND O.TYPE$ = 'UR' AND O.SUBTYPE$ = 'USER' ORDER BY O.NAME;
SELECT 'SC' || 'FACT|count|user|' || COUNT(*) || '|END' AS FACT FROM SYSUSERS U, SYSOBJECTS O WHERE U.ID = O.ID AND O.TYPE$ = 'UR' AND O.SUBTYPE$ = 'USER';

-- 审计规则条数（SYSAUDITOR 执行）
SELECT 'SC' || 'FACT|audit|' || COUNT(*) || '|END' AS FACT FROM SYSAUDITOR.SYSAUDIT;

SELECT 'SC' || 'FACT|end|END' AS FACT FROM DUAL;
