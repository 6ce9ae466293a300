using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reports.Tests;

/// <summary>Packs that reports are tried on. No clock, no randomness: every call gives the same.</summary>
public static class SamplePacks
{
    private static readonly RulesetReference[] Rulesets =
    [
        new("tls-baseline", "2026.1", "tls/tls-baseline.yaml", SampleEvidence.Digest("tls-baseline")),
        new("crypto-gbt39786", "2021.1", "crypto/gbt39786-2021.yaml", SampleEvidence.Digest("crypto")),
        new("code-baseline", "2026.1", "code/code-baseline.yaml", SampleEvidence.Digest("code")),
    ];

    private static readonly DateTimeOffset Started = new(2026, 3, 5, 9, 30, 0, TimeSpan.FromHours(8));

    /// <summary>Two endpoints, a source tree and a package; every verdict, a waiver, an attestation, a profile with materials.</summary>
    public static EvidencePack Rich() => Pack(RichCandidate(), RichProfile(), RichRequirements(), SampleJudgements.Rich() with { Assessments = [SampleAssessment.Create()] }, SampleEvidence.Rich(), RulesSource.Own);

    /// <summary>The rich pack, interrupted.</summary>
    public static EvidencePack Cancelled()
    {
        var rich = Rich();
        var cut = rich.Outcomes.Select((o, i) => i == 0 ? o : o with { Outcome = new Unable(FailureKind.Cancelled, "运行被中断，没有执行") });
        return rich with
        {
            Run = rich.Run with { Completion = Completion.Cancelled },
            Outcomes = [.. cut],
            Judgement = rich.Judgement with
            {
                Gate = new GateResult(GateOutcome.NeedsReview, FailOn.Major, Gate.Acceptance, 0, 9, "运行被中断，尚有 9 项没有查清，不能下结论。"),
                Findings = [],
            },
        };
    }

    /// <summary>Nothing was asked and nothing was found.</summary>
    public static EvidencePack Empty() => Pack(
        new Candidate { Id = "empty", Name = "空白系统", Kind = SystemKind.Other, IsClassified = false },
        profile: null,
        [],
        Judged([], [], [], [], new GateResult(GateOutcome.NeedsReview, FailOn.Major, Gate.Acceptance, 0, 0, "没有任何判定，不能下结论。")),
        []) with
        { Outcomes = [] };

    /// <summary>Every check holds.</summary>
    public static EvidencePack Passed()
    {
        var rich = Rich();
        var judgements = rich.Judgement.Judgements
            .Select(j => j with { Verdict = Verdict.Satisfied, Reason = VerdictReason.Measured, WaiverId = null })
            .ToList();
        return rich with
        {
            Profile = null,
            Judgement = Judged(judgements, [], [], rich.Requirements, new GateResult(GateOutcome.Passed, FailOn.Major, Gate.Acceptance, 0, 0, "没有高风险和重要问题，没有未核验项目。")),
        };
    }

    /// <summary>A pack with a finding of every kind of trouble an attacker can write into names, readings and paths.</summary>
    public static EvidencePack Hostile() => HostilePack.From(Rich());

    /// <summary>Three thousand judgements: 150 requirements on 20 endpoints.</summary>
    public static EvidencePack Large() => LargePack.Create();

    internal static EvidencePack Pack(
        Candidate candidate,
        AcceptanceProfile? profile,
        IReadOnlyList<Requirement> requirements,
        JudgementSet judgement,
        IReadOnlyList<Evidence> evidence,
        RulesSource codeRules = RulesSource.BuiltIn) => new()
        {
            Run = Run(judgement.Gate),
            Candidate = candidate,
            Profile = profile,
            Rules = new RulesUsed(
                [
                    .. Rulesets.Select(r => new RulesFile(r, r.Id == "code-baseline" ? codeRules : RulesSource.BuiltIn)),
                    .. profile is null ? [] : new[] { new RulesFile(new(profile.Id, "", profile.File, profile.Sha256), RulesSource.BuiltIn) },
                ],
                []),
            Requirements = requirements,
            Outcomes =
            [
                Record("tls.protocol-versions", "endpoint:portal", new Observed([SeenVersions])),
                Record("tls.certificate-chain", "endpoint:exchange", new Unable(FailureKind.Unreachable, "172.16.8.20:9443 在 10 秒内没有应答", "SocketException 110")),
                Record("tls.http-redirect", "endpoint:exchange", new NotNeeded("端口上没有 HTTP")),
                Record("code.secrets", "source-tree:backend", new Observed([])),
            ],
            Judgement = judgement,
            Evidence = evidence,
        };

    private static Observation SeenVersions => new()
    {
        Kind = "tls.protocol-versions",
        ProbeId = "tls.protocol-versions",
        ProbeVersion = "1.2.0",
        TargetId = "endpoint:portal",
        Data = System.Text.Json.JsonSerializer.SerializeToElement(new { confirmed = new[] { "TLSv1.0", "TLSv1.2" }, unlabelled = "x" }),
        Evidence = [],
        ObservedAt = Started,
    };

    internal static JudgementSet Judged(
        IReadOnlyList<Judgement> judgements,
        IReadOnlyList<Finding> findings,
        IReadOnlyList<ClauseJudgement> clauses,
        IReadOnlyList<Requirement> requirements,
        GateResult gate) => new()
        {
            JudgedAt = Started.AddMinutes(7),
            Judgements = judgements,
            Requirements = [.. requirements.Select(r => Combined(r.Id, judgements.Where(j => j.RequirementId == r.Id)))],
            Clauses = clauses,
            Findings = findings,
            Gate = gate,
        };

    private static RequirementVerdict Combined(string id, IEnumerable<Judgement> judgements)
    {
        var verdicts = judgements.Select(j => j.Verdict).ToList();
        int Of(Verdict verdict) => verdicts.Count(v => v == verdict);
        Verdict[] worstFirst = [Verdict.NotSatisfied, Verdict.NeedsReview, Verdict.Partial, Verdict.Satisfied, Verdict.NotApplicable];
        var whole = Of(Verdict.NotSatisfied) > 0 && Of(Verdict.Satisfied) + Of(Verdict.Partial) > 0 ? Verdict.Partial : worstFirst.First(v => Of(v) > 0 || v == Verdict.NotApplicable);
        return new RequirementVerdict(id, whole, Of(Verdict.Satisfied), Of(Verdict.Partial), Of(Verdict.NotSatisfied), Of(Verdict.NotApplicable), Of(Verdict.NeedsReview));
    }

    internal static ProbeRecord Record(string probe, string target, ProbeOutcome outcome) => new()
    {
        ProbeId = probe,
        ProbeVersion = "1.2.0",
        TargetId = target,
        Outcome = outcome,
        StartedAt = Started,
        Elapsed = TimeSpan.FromMilliseconds(420),
    };

    private static RunInformation Run(GateResult gate) => new()
    {
        ToolVersion = "0.1.0",
        StartedAt = Started,
        FinishedAt = Started.AddMinutes(6).AddSeconds(42),
        Completion = Completion.Complete,
        Rulesets = Rulesets,
        Probes =
        [
            new("tls.protocol-versions", "1.2.0", "协议版本", "端点接受哪些 TLS/TLCP 版本？", [new("confirmed", "证实接受", new Dictionary<string, string> { ["TLSv1.0"] = "TLS 1.0（已停用）" }, []), new("tlcp11", "TLCP 1.1", new Dictionary<string, string>(), [])]),
            new("tls.certificate-chain", "1.2.0", "证书链", "端点出示哪些证书，能否验证到受信任的根？", []),
            new("code.secrets", "1.0.3", "硬编码口令", "源代码中有没有写死的口令和密钥？", []),
        ],
        Tools = [new("chromium", "156.0.8078.79"), new("nmap", null)],
        OperatingSystem = "Debian GNU/Linux 12",
        Runtime = ".NET 10.0.0",
        FailOn = gate.FailOn,
        Stage = gate.Stage,
    };

    private static Candidate RichCandidate() => new()
    {
        Id = "service-hall",
        Name = "某市一体化政务服务平台（二期）",
        OwnerUnit = "某市数据局",
        Builder = "某软件股份有限公司",
        Kind = SystemKind.GovernmentService,
        ProtectionLevel = 3,
        CryptoLevel = 3,
        IsClassified = false,
        Deployment = Deployment.GovernmentCloud,
        Profile = "sample-city",
        Endpoints =
        [
            new() { Id = "portal", Title = "互联网门户", Host = "zwfw.example.gov.cn", Port = 443, DeclaredAt = 12 },
            new() { Id = "exchange", Title = "数据交换接口", Host = "172.16.8.20", Port = 9443, Protocol = EndpointProtocol.Tls },
        ],
        SourceTrees = [new() { Id = "backend", Title = "后端源代码", Path = "src/backend" }],
        ArchivePackages = [new() { Id = "sample-aip", Title = "办件归档样包", Path = "packages/aip-0001.zip" }],
        Materials = [new() { Id = "crypto-plan", Title = "密码应用方案", MaterialKind = "密码应用方案", Path = "materials/密码应用方案.pdf", IssuedOn = new DateOnly(2025, 6, 3) }],
    };

    private static AcceptanceProfile RichProfile() => new()
    {
        Id = "sample-city",
        Title = "某市政务信息化项目管理办法（示例）",
        Source = "公开征求意见稿文本",
        Notes = ["本办法为征求意见稿，条款可能调整。"],
        ValidFrom = new DateOnly(2023, 9, 1),
        ValidUntil = new DateOnly(2025, 8, 31),
        File = "profiles/sample-city.yaml",
        Sha256 = SampleEvidence.Digest("profile"),
        Clauses =
        [
            new() { Id = "a9", Article = "第九条", Summary = "开工前完成等保备案，报备密码应用方案", Gate = Gate.Filing, Materials = ["等级保护备案证明", "密码应用方案"] },
            new() { Id = "a18", Article = "第十八条", Summary = "上线前取得代码安全检测报告", Gate = Gate.GoLive, Materials = ["代码安全检测报告"], Pillars = [Pillar.CodeSecurity] },
            new() { Id = "a22", Article = "第二十二条", Summary = "验收时提交密评、等保测评报告，传输与密码应用达到要求", Gate = Gate.Acceptance, Materials = ["密码应用安全性评估报告", "网络安全等级测评报告"], Pillars = [Pillar.Tls, Pillar.CommercialCrypto, Pillar.ClassifiedProtection] },
            new() { Id = "a25", Article = "第二十五条", Summary = "鼓励开展运行绩效评价", Gate = Gate.Advisory, Materials = ["绩效评价报告"] },
        ],
    };

    private static List<Requirement> RichRequirements() =>
    [
        Requirement("TLS-01", Pillar.Tls, "不得接受 SSLv3、TLS 1.0、TLS 1.1", Severity.Critical, "tls.protocol-versions", [new("GB/T 22239-2019", "8.1.2.2", BasisConfidence.Checked)], "在网关上关闭 TLS 1.2 以下的协议，只保留 TLS 1.2、TLS 1.3 和 TLCP。\n改完后重新检查。"),
        Requirement("TLS-02", Pillar.Tls, "证书在有效期内，且三十天内不会到期", Severity.Major, "tls.certificate-chain", [new("GB/T 22239-2019", "8.1.2.2", BasisConfidence.Unchecked), new("GM/T 0115-2021", "6.2.2", BasisConfidence.Unchecked)], "更换证书，并把到期提醒纳入日常巡检。"),
        Requirement("TLS-03", Pillar.Tls, "明文端口应跳转到加密端口", Severity.Minor, "tls.http-redirect", [new("GB/T 22239-2019", "8.1.4.7", BasisConfidence.Unchecked)], "在 80 端口只返回到 HTTPS 的跳转。"),
        Requirement("CRYPTO-01", Pillar.CommercialCrypto, "网络通信使用国密算法套件（TLCP）", Severity.Major, "tls.protocol-versions", [new("GB/T 39786-2021", "8.2 a)", BasisConfidence.Checked)], "部署支持 GB/T 38636-2020 的网关，配置 SM2 双证书和 ECC_SM4_GCM_SM3 套件。"),
        Requirement("CRYPTO-02", Pillar.CommercialCrypto, "密码产品具有商用密码产品认证证书", Severity.Major, null, [new("GB/T 39786-2021", "8.1", BasisConfidence.Checked)], "收集产品认证证书编号与型号清单，由责任人核对。"),
        Requirement("CODE-01", Pillar.CodeSecurity, "源代码中没有写死的口令和密钥", Severity.Critical, "code.secrets", [new("GB/T 39412-2020", "6.2.5", BasisConfidence.Unchecked)], "立即更换已泄露的口令，改由密钥管理系统或环境变量提供。"),
        Requirement("ARCH-01", Pillar.ElectronicArchives, "归档信息包带有可验证的元数据与校验值", Severity.Minor, "archives.package", [new("DA/T 70-2018", "表 1", BasisConfidence.Unchecked)], "按 DA/T 48 组织归档信息包，补齐校验值。"),
    ];

    internal static Requirement Requirement(string id, Pillar pillar, string title, Severity severity, string? observes, IReadOnlyList<Basis> basis, string remedy) => new()
    {
        Id = id,
        RulesetId = pillar.Id() + "-baseline",
        Pillar = pillar,
        Title = title,
        Basis = basis,
        Severity = severity,
        Observes = observes,
        IsManual = observes is null,
        Explain = "{target}",
        Remedy = remedy,
        SatisfiedWhen = observes is null ? null : new FieldTest("offered", FieldOperator.NoneOf, JsonElement.Parse("[]")),
        Origin = $"{pillar.Id()}.yaml(3,1)",
    };
}
