using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reports.Tests;

/// <summary>The judgements, findings and clauses of the rich pack.</summary>
internal static class SampleJudgements
{
    private const string Portal = "endpoint:portal";
    private const string Exchange = "endpoint:exchange";
    private const string Backend = "source-tree:backend";
    private const string Package = "archive-package:sample-aip";

    public static JudgementSet Rich()
    {
        var judgements = Judgements();
        return new JudgementSet
        {
            JudgedAt = new DateTimeOffset(2026, 3, 5, 9, 37, 0, TimeSpan.FromHours(8)),
            Judgements = judgements,
            Requirements =
            [
                new("TLS-01", Verdict.Partial, 1, 0, 1, 0, 0),
                new("TLS-02", Verdict.NeedsReview, 0, 1, 0, 0, 1),
                new("TLS-03", Verdict.Satisfied, 1, 0, 0, 1, 0),
                new("CRYPTO-01", Verdict.NotSatisfied, 0, 0, 2, 0, 0),
                new("CRYPTO-02", Verdict.Satisfied, 1, 0, 0, 0, 0),
                new("CODE-01", Verdict.NotSatisfied, 0, 0, 1, 0, 0),
                new("ARCH-01", Verdict.NeedsReview, 0, 0, 0, 0, 1),
            ],
            Clauses = Clauses(),
            Findings = Findings(),
            WaiversInEffect =
            [
                new() { Id = "W-2026-01", RequirementId = "CRYPTO-01", TargetId = Exchange, Justification = "交换接口只在政务外网专区内使用，国密改造已立项，六月底前完成。", ApprovedBy = "某市数据局分管领导", ExpiresOn = new DateOnly(2026, 6, 30) },
            ],
            AttestationsInEffect =
            [
                new() { Id = "A-2026-01", RequirementId = "CRYPTO-02", Verdict = Verdict.Satisfied, By = "李某", Organisation = "某市数据局", On = new DateOnly(2026, 3, 2), Statement = "已逐一核对服务器密码机、签名验签服务器的认证证书。" },
                new() { Id = "A-2026-02", RequirementId = "a9/密码应用方案", Verdict = Verdict.Satisfied, By = "王某", Organisation = "某市数据局", On = new DateOnly(2026, 3, 2), EvidenceIds = ["ev-0000000000000005"] },
            ],
            AttestationsOnRecord =
            [
                new() { Id = "A-2026-04", RequirementId = "TLS-02", TargetId = Exchange, Verdict = Verdict.Satisfied, By = "李某", Organisation = "某市数据局", On = new DateOnly(2026, 3, 2), Statement = "证书年初刚换过。" },
            ],
            Remarks = ["确认 A-2026-03 没有生效：CODE-01 已实测，人工确认不能推翻实测结果。"],
            Gate = new GateResult(GateOutcome.Failed, FailOn.Major, Gate.Acceptance, 3, 4, "有 3 个高风险或重要问题没有解决，另有 4 项尚未查清，按“重要及以上问题即不通过”的标准，现在提交验收不能通过。"),
        };
    }

    private static List<Judgement> Judgements() =>
    [
        Judge("TLS-01", Portal, Verdict.NotSatisfied, "互联网门户仍接受 TLSv1.0、TLSv1.1", [new("offered", "不得包含 SSLv3、TLSv1.0、TLSv1.1", "[\"TLSv1.0\",\"TLSv1.1\",\"TLSv1.2\",\"TLSv1.3\"]")], ["ev-0000000000000001"]),
        Judge("TLS-01", Exchange, Verdict.Satisfied, "数据交换接口只接受 TLSv1.2、TLCP", [new("offered", "不得包含 SSLv3、TLSv1.0、TLSv1.1", "[\"TLSv1.2\",\"TLCP\"]")], ["ev-0000000000000003"]),
        Judge("TLS-02", Portal, Verdict.Partial, "证书有效，但 21 天后到期", [new("leaf.notAfter", "不早于检查之日", "\"2026-03-26T00:00:00Z\""), new("leaf.daysLeft", "至少 30", "21")], ["ev-0000000000000002", "ev-0000000000000001"]),
        Judge("TLS-02", Exchange, Verdict.NeedsReview, "端点没有应答，没有取到证书；某市数据局 李某 于 2026-03-02 确认为“符合”：证书年初刚换过。（只作记录，不能代替核验）", [new("leaf.notAfter", "不早于检查之日", "未观测")], []) with { Reason = VerdictReason.ProbeUnable, AttestationId = "A-2026-04" },
        Judge("TLS-03", Portal, Verdict.Satisfied, "80 端口只返回到 HTTPS 的跳转", [new("redirectsToHttps", "等于 true", "true")], ["ev-0000000000000001"]),
        Judge("TLS-03", Exchange, Verdict.NotApplicable, "端口上没有 HTTP", [], []) with { Reason = VerdictReason.ConditionNotMet },
        Judge("CRYPTO-01", Portal, Verdict.NotSatisfied, "互联网门户没有提供 TLCP", [new("offered", "应包含 TLCP", "[\"TLSv1.0\",\"TLSv1.1\",\"TLSv1.2\",\"TLSv1.3\"]")], ["ev-0000000000000001"]),
        Judge("CRYPTO-01", Exchange, Verdict.NotSatisfied, "数据交换接口的 TLCP 只有 ECC_SM4_CBC_SM3 套件", [new("suites", "应包含 ECC_SM4_GCM_SM3", "[\"ECC_SM4_CBC_SM3\"]")], ["ev-0000000000000003"]) with { WaiverId = "W-2026-01" },
        Judge("CRYPTO-02", "service-hall", Verdict.Satisfied, "由某市数据局李某确认", [], []) with { Reason = VerdictReason.Attested, AttestationId = "A-2026-01" },
        Judge("CODE-01", Backend, Verdict.NotSatisfied, "有 1 处写死的数据库口令", [new("secrets", "应为空", "[{\"file\":\"config/application-prod.yml\",\"line\":42,\"kind\":\"database-password\"}]")], ["ev-0000000000000004"]),
        Judge("ARCH-01", Package, Verdict.NeedsReview, "样包没有声明元数据方案，规则需要的字段没有观测到", [new("metadata.scheme", "存在", "未观测")], ["ev-0000000000000005"]) with { Reason = VerdictReason.FieldMissing },
    ];

    private static List<Finding> Findings() =>
    [
        Find("TLS-01", Portal, Severity.Critical, Verdict.NotSatisfied, "仍接受过时的 TLS 版本", "互联网门户仍接受 TLSv1.0、TLSv1.1", "在网关上关闭 TLS 1.2 以下的协议，只保留 TLS 1.2、TLS 1.3 和 TLCP。\n改完后重新检查。", "zwfw.example.gov.cn:443", ["ev-0000000000000001"]),
        Find("CODE-01", Backend, Severity.Critical, Verdict.NotSatisfied, "源代码中写死了口令", "config/application-prod.yml 第 42 行写有数据库口令", "立即更换已泄露的口令，改由密钥管理系统或环境变量提供。", "config/application-prod.yml:42", ["ev-0000000000000004"]),
        Find("CRYPTO-01", Portal, Severity.Major, Verdict.NotSatisfied, "没有提供国密传输协议", "互联网门户没有提供 TLCP", "部署支持 GB/T 38636-2020 的网关，配置 SM2 双证书和 ECC_SM4_GCM_SM3 套件。", "zwfw.example.gov.cn:443", ["ev-0000000000000001"]),
        Find("CRYPTO-01", Exchange, Severity.Major, Verdict.NotSatisfied, "国密套件不完整", "数据交换接口的 TLCP 只有 ECC_SM4_CBC_SM3 套件", "增加 ECC_SM4_GCM_SM3 套件。", "172.16.8.20:9443", ["ev-0000000000000003"]) with { WaiverId = "W-2026-01" },
        Find("TLS-02", Portal, Severity.Minor, Verdict.Partial, "证书即将到期", "证书有效，但 21 天后到期", "更换证书，并把到期提醒纳入日常巡检。", "zwfw.example.gov.cn:443", ["ev-0000000000000002"]),
        Find("a22", "service-hall", Severity.Info, Verdict.NotSatisfied, "缺少验收材料", "没有提交网络安全等级测评报告", "取得并提交测评报告。", "网络安全等级测评报告", []),
    ];

    private static List<ClauseJudgement> Clauses() =>
    [
        new()
        {
            ClauseId = "a9", Gate = Gate.Filing, Verdict = Verdict.NotSatisfied, Explanation = "缺少等级保护备案证明",
            Materials = [new("等级保护备案证明", MaterialState.Missing, [], null), new("密码应用方案", MaterialState.Attested, ["materials/密码应用方案.pdf"], "A-2026-02")],
        },
        new()
        {
            ClauseId = "a18", Gate = Gate.GoLive, Verdict = Verdict.NotSatisfied, Explanation = "代码安全有高风险问题，检测报告内容待核对",
            Materials = [new("代码安全检测报告", MaterialState.Listed, ["materials/代码安全检测报告.pdf"], null)],
            Pillars = [new(Pillar.CodeSecurity, Verdict.NotSatisfied, 0, 1, 0)],
        },
        new()
        {
            ClauseId = "a22", Gate = Gate.Acceptance, Verdict = Verdict.NotSatisfied, Explanation = "缺少等级测评报告；传输安全与商用密码有未解决的问题",
            Materials = [new("密码应用安全性评估报告", MaterialState.Listed, ["materials/密评报告.pdf"], null), new("网络安全等级测评报告", MaterialState.Missing, [], null)],
            Pillars = [new(Pillar.Tls, Verdict.Partial, 2, 1, 1), new(Pillar.CommercialCrypto, Verdict.Partial, 1, 1, 0), new(Pillar.ClassifiedProtection, Verdict.NeedsReview, 0, 0, 0)],
        },
        new() { ClauseId = "a25", Gate = Gate.Advisory, Verdict = Verdict.NeedsReview, Explanation = "绩效评价报告待人工核对", Materials = [new("绩效评价报告", MaterialState.Listed, ["materials/绩效.docx"], null)] },
    ];

    internal static Judgement Judge(string requirement, string target, Verdict verdict, string explanation, IReadOnlyList<Reading> readings, IReadOnlyList<string> evidence) => new()
    {
        RequirementId = requirement,
        TargetId = target,
        Verdict = verdict,
        Reason = VerdictReason.Measured,
        Explanation = explanation,
        Readings = readings,
        Evidence = evidence,
    };

    internal static Finding Find(string requirement, string target, Severity severity, Verdict verdict, string title, string message, string remedy, string where, IReadOnlyList<string> evidence) => new()
    {
        Fingerprint = SampleEvidence.Digest($"{requirement}|{target}|{where}")[..32],
        RequirementId = requirement,
        TargetId = target,
        Severity = severity,
        Verdict = verdict,
        Title = title,
        Message = message,
        Remedy = remedy,
        Where = where,
        Evidence = evidence,
    };
}
