using FsCheck;
using FsCheck.Fluent;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Judging.Tests;

/// <summary>Random systems of level 1 and 2 under the shipped catalogues: hosts, objects, rules that name items, and answers with and without papers.</summary>
internal static class SomeProtection
{
    private const int Hosts = 2;

    private static readonly string[] Named = ["CES-IA-a", "CES-IA-b", "CES-AC-b", "CES-IP-a", "CES-IP-b", "CES-AU-a", "ABS-AC-a"];

    private static readonly Gen<Requirement> Rules =
        from rule in SomeInput.Requirement
        from easy in Gen.Elements(true, true, false)
        from items in Gen.SubListOf(Named)
        from risk in Gen.Elements("", "", "6.4.1.1", "6.4.3.1")
        from proves in Gen.Elements(true, false)
        from onlyAgainst in Gen.Elements(true, false, false)
        select rule with
        {
            Observes = rule.IsManual ? null : "host.accounts",
            AsksOf = rule.IsManual ? "host" : null,
            SatisfiedWhen = rule.IsManual ? null : easy ? Sample.Test("size", FieldOperator.AtLeast, "-5") : rule.SatisfiedWhen,
            AppliesWhen = easy ? null : rule.AppliesWhen,
            Pillar = Pillar.ClassifiedProtection,
            Basis =
            [
                .. items.DefaultIfEmpty("CES-IA-a").Select(i => new Basis("GB/T 22239-2019", "8.1.4", BasisConfidence.Unchecked)
                {
                    Claim = new ControlClaim { Controls = [i], OnlyAgainst = onlyAgainst, Triggers = risk.Length > 0 && proves ? [risk] : [], Suspects = risk.Length > 0 && !proves ? [risk] : [] },
                }),
            ],
        };

    private static readonly Gen<ProtectionObject> Objects =
        from kind in Gen.Elements(Enum.GetValues<AssetKind>())
        from targets in Gen.SubListOf("host:h0", "host:h1")
        select new ProtectionObject("?", "对象", kind, [.. targets]);

    private static readonly ForeignMapping Mapping = new()
    {
        File = new RuleFile("foreign", "1", "对照", "自拟", BasisConfidence.Unchecked, "mappings/foreign.yaml", ""),
        Tool = ForeignTool.Lynis,
        Rules = [new ForeignRule("L-0", ["R-0"]), new ForeignRule("L-1", ["R-1", "R-2"]), new ForeignRule("L-2:part", ["R-3"])],
    };

    /// <summary>Another tool's word on the first host; mostly none.</summary>
    private static readonly Gen<ProbeRecord?> Foreign =
        from failed in Gen.SubListOf("L-0", "L-1", "L-2:part", "L-9")
        from whole in Gen.Elements(true, false)
        from kind in Gen.Elements(0, 0, 0, 0, 1, 1, 1, 2)
        let passed = whole ? ",\"passed\":[\"L-0\",\"L-2\"]" : ""
        let data = $"{{\"failed\":[{string.Join(',', failed.Select(f => $"{{\"id\":\"{f}\",\"text\":\"\"}}"))}]{passed}}}"
        select kind switch
        {
            0 => null,
            1 => Sample.Record("import:i", new Observed([Sample.Observation("import:i", data, "imports.report")]), "imports.report"),
            _ => Sample.Record("import:i", new Unable(FailureKind.BadInput, "读不了"), "imports.report"),
        };

    public static Gen<JudgeInput> Any { get; } =
        from count in Gen.Choose(0, 4)
        from rules in Gen.ArrayOf(Rules, count)
        from level in Gen.Elements(1, 1, 2)
        from deployment in Gen.Elements<Deployment?>(Deployment.OwnRoom, Deployment.OwnRoom, Deployment.GovernmentCloud, Deployment.Mixed, null)
        from objects in Gen.Choose(0, 3).SelectMany(n => Gen.ArrayOf(Objects, n))
        from complete in Gen.Elements(true, true, false)
        from outcomes in Gen.CollectToArray(Enumerable.Range(0, Hosts).ToArray(), h => SomeInput.Outcome($"host:h{h}", "host.accounts").Select(o => Sample.Record($"host:h{h}", o, "host.accounts")))
        from foreign in Foreign
        from seed in Gen.Choose(1, int.MaxValue - 1)
        from good in Gen.Elements(1, 9, 80, 400, 400, 3000)
        select Said(new JudgeInput
        {
            Candidate = Sample.Candidate with
            {
                ProtectionLevel = level,
                Deployment = deployment,
                Endpoints = [],
                Hosts = [.. Enumerable.Range(0, Hosts).Select(h => new Host { Id = $"h{h}", Address = "127.0.0.1" })],
                Imports = foreign is null ? [] : [new ImportedReport { Id = "i", Path = "report.dat", Tool = ForeignTool.Lynis, HostId = "h0" }],
                Protection = new ProtectionStatements { Extensions = [], AreObjectsComplete = complete, Objects = [.. objects.Select((o, i) => o with { Id = $"o-{i}" })] },
            },
            Requirements = [.. rules.Select((r, i) => r with { Id = $"R-{i}" })],
            Profile = Sample.Profile(Sample.Clause(pillars: [Pillar.ClassifiedProtection])),
            Library = CryptoRules.Library with { Mappings = [Mapping] },
            Kinds = Sample.Kinds,
            Records = [.. outcomes, .. foreign is null ? [] : new[] { foreign }],
            Now = Sample.Now,
            FailOn = FailOn.Critical,
            Stage = Gate.Acceptance,
        }, seed, good);

    /// <summary>Fills in the sheet that the system itself asks for.</summary>
    /// <param name="input">Without answers.</param>
    /// <param name="seed">Of the dice.</param>
    /// <param name="good">Yes to no as this to one.</param>
    private static JudgeInput Said(JudgeInput input, int seed, int good)
    {
        var dice = new SeededBytes((ulong)seed);
        var blank = new AnswerQuestions(input.Library, input.Candidate).Blank(input.Today);
        T Signed<T>(T row)
            where T : SheetRow => row with
            {
                By = dice.Below(good + 1) == 0 ? null : "回答人",
                Organisation = "单位",
                On = Sample.Today.AddMonths(dice.Below(good + 1) == 0 ? -20 : -1),
                Statement = "说明",
                Evidence = dice.Below(good + 2) == 0 ? [] : [new Attachment("a.pdf", new('0', 64)) { State = dice.Below(good + 2) == 0 ? AttachmentState.Missing : AttachmentState.Present }],
            };
        var sheet = blank with
        {
            Documents = [.. blank.Documents.Where(_ => dice.Below(2) == 0).Select(d => d with { File = new Attachment("d.pdf", new('0', 64)) { State = AttachmentState.Present }, IssuedOn = Sample.Today.AddMonths(-dice.Below(20)) })],
            Answers = [.. blank.Answers.Select(a => dice.Below(good + 1) == 0 ? a : Signed(a with { Verdict = dice.Below(good + 1) == 0 ? new[] { Verdict.Partial, Verdict.NotSatisfied, Verdict.NotApplicable }[dice.Below(3)] : Verdict.Satisfied }))],
            Cases = [.. blank.Cases.Select(c => dice.Below(good + 1) == 0 ? c : Signed(Claimed(c, dice, good, input.Library)))],
        };
        return input with { Candidate = input.Candidate with { Protection = input.Candidate.Protection with { Answers = sheet } } };
    }

    private static CaseAnswer Claimed(CaseAnswer row, SeededBytes dice, int good, StandardLibrary library)
    {
        var mitigations = library.HighRisks.SelectMany(h => h.Items).First(i => i.Code == row.Cases[0]).Mitigations;
        return dice.Below(good + 1) == 0 ? row with { Claim = HighRiskClaim.Present }
            : mitigations.Count > 0 && dice.Below(3) == 0 ? row with { Claim = HighRiskClaim.Mitigated, Mitigation = mitigations[0].Id }
            : row with { Claim = HighRiskClaim.Absent };
    }
}
