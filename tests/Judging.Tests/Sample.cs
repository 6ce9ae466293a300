using System.Text.Json;
using System.Text.Json.Nodes;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging.Tests;

/// <summary>The smallest candidate, rules and records a test can say something about.</summary>
internal static class Sample
{
    public const string Portal = "endpoint:portal";
    public const string Api = "endpoint:api";
    public const string Server = "host:db";

    public static DateTimeOffset Now { get; } = new(2026, 6, 1, 8, 0, 0, TimeSpan.Zero);

    public static DateOnly Today { get; } = new(2026, 6, 1);

    public static IReadOnlyDictionary<string, ObservationKind> Kinds { get; } = new[]
    {
        new ObservationKind("net.ports", "endpoint", new RecordSchema(new JsonObject())),
        new ObservationKind("host.accounts", "host", new RecordSchema(new JsonObject())),
    }.ToDictionary(k => k.Id, StringComparer.Ordinal);

    public static Candidate Candidate { get; } = new()
    {
        Id = "service-portal",
        Name = "政务服务系统",
        Kind = SystemKind.GovernmentService,
        ProtectionLevel = 3,
        IsClassified = false,
        Endpoints = [new Endpoint { Id = "portal", Host = "127.0.0.1", Port = 443 }, new Endpoint { Id = "api", Host = "127.0.0.1", Port = 8443 }],
        Hosts = [new Host { Id = "db", Address = "127.0.0.1" }],
    };

    /// <summary>With one endpoint alone.</summary>
    public static Candidate Small { get; } = Candidate with { Endpoints = [Candidate.Endpoints[0]], Hosts = [] };

    public static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement.Clone();

    public static FieldTest Test(string field, FieldOperator how, string operand, bool allowEmpty = false) => new(field, how, Json(operand), allowEmpty);

    /// <summary>Satisfied by <c>{"open":false}</c>, partial with <c>{"filtered":true}</c>.</summary>
    public static Requirement Requirement(string id = "R-1", Severity severity = Severity.Critical) => new()
    {
        Id = id,
        RulesetId = "sample",
        Pillar = Pillar.Tls,
        Title = "不得开放",
        Basis = [new Basis("GB/T 22239-2019", "8.1.2.2", BasisConfidence.Unchecked)],
        Severity = severity,
        Observes = "net.ports",
        SatisfiedWhen = Test("open", FieldOperator.Equals, "false"),
        Explain = "{target} 开放：{open}",
        Remedy = "关闭",
        Origin = "sample.yaml(1,1)",
    };

    public static Requirement Manual(string id = "M-1") => Requirement(id) with { IsManual = true, Observes = null, SatisfiedWhen = null };

    public static Observation Observation(string target, string data, string kind = "net.ports") => new()
    {
        Kind = kind,
        ProbeId = kind,
        ProbeVersion = "1",
        TargetId = target,
        Data = Json(data),
        Evidence = [new Evidence { Id = $"ev-{kind}-{target}", MediaType = "text/plain", RelativePath = "evidence/x", Bytes = 1, Sha256 = new('0', 64), Sm3 = new('0', 64), Description = "x" }],
        ObservedAt = Now,
    };

    public static ProbeRecord Record(string target, ProbeOutcome outcome, string kind = "net.ports") => new()
    {
        ProbeId = kind,
        ProbeVersion = "1",
        TargetId = target,
        Outcome = outcome,
        StartedAt = Now,
        Elapsed = TimeSpan.FromSeconds(1),
    };

    public static ProbeRecord Saw(string target, string data, string kind = "net.ports") => Record(target, new Observed([Observation(target, data, kind)]), kind);

    /// <summary>What answers of people lean on: a plan of the cryptography that was handed in.</summary>
    public static Document Paper(string id = "paper", string kind = "密码应用方案") => new() { Id = id, MaterialKind = kind, Path = $"{id}.pdf" };

    /// <summary>Its bytes were read.</summary>
    public static ProbeRecord Read(Document paper) => ReadOf(paper, 40960);

    /// <summary>A file of that many bytes.</summary>
    public static ProbeRecord ReadOf(Document paper, long bytes) =>
        Saw(paper.TargetId, $$"""{"sha256":"{{new string('a', 64)}}","sm3":"{{new string('b', 64)}}","bytes":40960,"legibleBytes":{{bytes}}}""", "crypto.evidence-documents");

    public static JudgeInput Input(params ProbeRecord[] records) => new()
    {
        Candidate = Small,
        Requirements = [Requirement()],
        Kinds = Kinds,
        Records = records,
        Now = Now,
        FailOn = FailOn.Major,
        Stage = Gate.Acceptance,
    };

    public static AcceptanceProfile Profile(params Clause[] clauses) => new()
    {
        Id = "sample-city",
        Title = "样例办法",
        Source = "样例",
        Clauses = clauses,
        File = "profiles/sample-city.yaml",
        Sha256 = new string('0', 64),
    };

    public static Clause Clause(Gate gate = Gate.Acceptance, IReadOnlyList<string>? materials = null, IReadOnlyList<Pillar>? pillars = null) => new()
    {
        Id = "C-1",
        Article = "第一条",
        Summary = "样例",
        Gate = gate,
        Materials = materials ?? [],
        Pillars = pillars ?? [],
    };

    public static Waiver Waiver(string id = "w-1", string requirement = "R-1") => new()
    {
        Id = id,
        RequirementId = requirement,
        Justification = "迁移中",
        ApprovedBy = "张三",
        ExpiresOn = Today,
    };

    public static Attestation Attestation(Verdict verdict, string requirement = "R-1", string id = "a-1") => new()
    {
        Id = id,
        RequirementId = requirement,
        Verdict = verdict,
        By = "李四",
        Organisation = "测评中心",
        On = Today,
    };

    public static string Bytes(JudgementSet set) => JsonSerializer.Serialize(set, ObservationJson.Options);
}
