using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reports.Tests;

/// <summary>The rich pack with everything an attacker can write into names, readings, places and paths.</summary>
internal static class HostilePack
{
    public const string Script = "<script>alert(1)</script><img src=x onerror=alert(2)>";
    public const string StyleEnd = "\"}</style><svg onload=alert(3)>";
    public const string Bidi = "invoice\u202Efdp.exe \u2066隔离\u2069 \u200Bzero\uFEFF";
    public const string Controls = "bell\u0007 nul\0 esc\u001B[31m next\u0085 line\u2028 lone\uD800 high\uFFFF";
    public const string Link = "javascript:alert(4)";
    public const string SarifLink = "[点我](javascript:alert(5)) {0}";
    public const string CdataEnd = "]]>&lt;";

    public static string Unbroken { get; } = new('W', 10_000);

    public static EvidencePack From(EvidencePack rich) => rich with
    {
        Candidate = rich.Candidate with
        {
            Name = "名称" + StyleEnd + Bidi,
            OwnerUnit = Script,
            Builder = Controls + Unbroken,
            Endpoints = [rich.Candidate.Endpoints[0] with { Title = Script + Bidi, Host = "[::1]\"'><b>" }, rich.Candidate.Endpoints[1]],
        },
        Profile = rich.Profile! with { Title = Script, Source = Link, Notes = [Script + Unbroken], Clauses = [.. rich.Profile.Clauses.Select(c => c with { Summary = Script + c.Summary + Bidi })] },
        Requirements = [.. rich.Requirements.Select(r => r with { Title = r.Title + Script, Remedy = Link + CdataEnd + Controls, Basis = [new(Script, Link, BasisConfidence.Unchecked)] })],
        Judgement = rich.Judgement with
        {
            Judgements = [.. rich.Judgement.Judgements.Select(Spoil)],
            Findings = [.. rich.Judgement.Findings.Select(Spoil)],
            WaiversInEffect = [.. rich.Judgement.WaiversInEffect.Select(w => w with { Justification = Script + Controls, ApprovedBy = Bidi })],
            AttestationsOnRecord = [.. rich.Judgement.AttestationsOnRecord.Select(a => a with { Statement = Script, Organisation = Unbroken })],
            AttestationsInEffect = [.. rich.Judgement.AttestationsInEffect.Select(a => a with { Statement = Unbroken, By = Script })],
            Remarks = [Script + Bidi + Controls],
        },
        Evidence =
        [
            .. rich.Evidence,
            SampleEvidence.Of("ev-\"><script>", Link + "//%0a", Script),
            SampleEvidence.Of("ev-outside", "../../etc/passwd", Bidi),
            SampleEvidence.Of("ev-absolute", "//evil.example/x", Controls),
        ],
        Outcomes = [.. rich.Outcomes.Select(o => o with { Outcome = o.Outcome is Unable u ? u with { Message = Script + Bidi } : o.Outcome })],
        Rules = new RulesUsed([.. rich.Rules.Files.Select(f => f with { Reference = f.Reference with { Id = Script, File = Unbroken + Bidi } })], [Script]),
        Run = rich.Run with { ToolVersion = "0.1.0\"><script>", OperatingSystem = Script + Bidi },
    };

    private static Judgement Spoil(Judgement judgement) => judgement with
    {
        Explanation = judgement.Explanation + Script + Bidi,
        Readings = [new(Script, Link, Unbroken), new("subject", SarifLink, Controls), .. judgement.Readings],
        Evidence = [.. judgement.Evidence, "ev-\"><script>", "ev-outside", "ev-absolute", "ev-unknown" + Script],
    };

    private static Finding Spoil(Finding finding) => finding with
    {
        Title = Script + finding.Title,
        Message = SarifLink + Controls + Bidi,
        Remedy = Link + Script + CdataEnd,
        Where = finding.TargetId.StartsWith("source-tree", StringComparison.Ordinal) ? "a b/\u202E<x>%:..//javascript:y.cs:7" : Unbroken,
        Evidence = [.. finding.Evidence, "ev-\"><script>", "ev-outside"],
    };
}
