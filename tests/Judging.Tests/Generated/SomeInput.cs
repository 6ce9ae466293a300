using FsCheck;
using FsCheck.Fluent;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging.Tests;

/// <summary>Random whole inputs: several targets, requirements with conditions, a profile, waivers, attestations, every outcome, stage and threshold.</summary>
internal static class SomeInput
{
    private static readonly Gen<Predicate?> None = Gen.Constant((Predicate?)null);

    /// <summary>Rules whose outcome is often known, so that gates do open in the sample.</summary>
    private static readonly Gen<Predicate> Simple = Gen.Frequency(
        (6, Gen.Elements<Predicate>(Sample.Test("flag", FieldOperator.Exists, "true"), Sample.Test("flag", FieldOperator.In, "[true,false,null]"), Sample.Test("size", FieldOperator.AtLeast, "-5"))),
        (1, SomePredicate.Any));

    public static Gen<Requirement> Requirement { get; } =
        from satisfied in Gen.Frequency((3, Simple), (2, SomePredicate.Any))
        from partial in Gen.Frequency((3, None), (1, SomePredicate.Any.Select(p => (Predicate?)p)))
        from applies in Gen.Frequency((4, None), (1, SomePredicate.Any.Select(p => (Predicate?)p)), (1, SomePredicate.OfCandidate.Select(p => (Predicate?)p)))
        from severity in Gen.Elements(Enum.GetValues<Severity>())
        from pillar in Gen.Elements(Pillar.Tls, Pillar.CommercialCrypto)
        from shape in Gen.Frequency((8, Gen.Constant("net.ports")), (3, Gen.Constant("host.accounts")), (1, Gen.Constant("")))
        select Sample.Requirement(severity: severity) with
        {
            SatisfiedWhen = shape.Length == 0 ? null : satisfied,
            PartialWhen = shape.Length == 0 ? null : partial,
            AppliesWhen = applies,
            Pillar = pillar,
            IsManual = shape.Length == 0,
            Observes = shape.Length == 0 ? null : shape,
        };

    public static Gen<ProbeOutcome> Outcome(string target, string kind) => Gen.Frequency(
        (13, SomeData.Any.Select(d => (ProbeOutcome)new Observed([Sample.Observation(target, d.GetRawText(), kind)]))),
        (3, Several(target, kind)),
        (1, Gen.Constant((ProbeOutcome)new Observed([]))),
        (1, Gen.Constant((ProbeOutcome)new NotNeeded("没有这种端口"))),
        (1, Gen.Constant((ProbeOutcome)new Unable(FailureKind.Unreachable, "连不上"))));

    /// <summary>Several records of one probe on one target, each with evidence of its own; some alike.</summary>
    private static Gen<ProbeOutcome> Several(string target, string kind) =>
        from data in Gen.Choose(2, 3).SelectMany(n => Gen.ArrayOf(SomeData.Any, n))
        from same in Gen.Elements(true, false)
        select (ProbeOutcome)new Observed([.. data.Select((d, i) => Numbered(Sample.Observation(target, (same ? data[0] : d).GetRawText(), kind), i))]);

    private static Observation Numbered(Observation seen, int number) => seen with { Evidence = [seen.Evidence[0] with { Id = $"{seen.Evidence[0].Id}-{number}" }] };

    private static readonly Gen<Clause> Clauses =
        from gate in Gen.Elements(Enum.GetValues<Gate>())
        from pillars in Gen.SubListOf(Pillar.Tls, Pillar.CommercialCrypto)
        from materials in Gen.Frequency((4, Gen.Constant(Array.Empty<string>())), (1, Gen.Constant(new[] { "报告" })))
        from applies in Gen.Frequency((3, None), (1, SomePredicate.OfCandidate.Select(p => (Predicate?)p)))
        select Sample.Clause(gate, pillars.Count == 0 ? ["报告"] : materials, [.. pillars]) with { AppliesWhen = applies };

    private static readonly Gen<Waiver> Waivers =
        from requirement in Gen.Elements("R-0", "R-1", "R-2", "R-9")
        from target in Gen.Elements(null, null, Sample.Portal)
        from days in Gen.Elements(0, 30, 30, 30, -1)
        select Sample.Waiver(requirement: requirement) with { TargetId = target, ExpiresOn = Sample.Today.AddDays(days) };

    private static readonly Gen<Attestation> Attestations =
        from requirement in Gen.Elements("R-0", "R-1", "R-2", "R-9", "C-0/报告")
        from verdict in Gen.Elements(Enum.GetValues<Verdict>())
        from target in Gen.Elements(null, null, Sample.Portal)
        from days in Gen.Elements(0, 0, 0, 1)
        from documents in Gen.Elements<string[]>([], [], ["paper"], ["nowhere"])
        select Sample.Attestation(verdict, requirement) with { TargetId = target, On = Sample.Today.AddDays(days), EvidenceIds = documents };

    public static Gen<JudgeInput> Any { get; } =
        from count in Gen.Choose(1, 3)
        from rules in Gen.ArrayOf(Requirement, count)
        from candidate in SomeCandidate()
        from records in Gen.CollectToArray(Pairs(candidate), p => Outcome(p.Target, p.Kind).Select(o => Sample.Record(p.Target, o, p.Kind)))
        from reads in Gen.ArrayOf(Gen.Elements<long?>(40960, 40960, 40960, 40960, 100, null), candidate.Materials.Count)
        from clauses in Gen.Choose(0, 3).SelectMany(n => Gen.ArrayOf(Clauses, n))
        from waivers in Gen.Choose(0, 3).SelectMany(n => Gen.ArrayOf(Waivers, n))
        from attestations in Gen.Choose(0, 3).SelectMany(n => Gen.ArrayOf(Attestations, n))
        from failOn in Gen.Elements(Enum.GetValues<FailOn>())
        from stage in Gen.Elements(Enum.GetValues<Gate>())
        select new JudgeInput
        {
            Candidate = candidate with
            {
                Waivers = [.. waivers.Select((w, i) => w with { Id = $"w-{i}" })],
                Attestations = [.. attestations.Select((a, i) => a with { Id = $"a-{i}" })],
            },
            Requirements = [.. rules.Select((r, i) => r with { Id = $"R-{i}" })],
            Profile = clauses.Length == 0 ? null : Sample.Profile([.. clauses.Select((c, i) => c with { Id = $"C-{i}" })]),
            Kinds = Sample.Kinds,
            Records = [.. records, .. candidate.Materials.Zip(reads).Where(r => r.Second is not null).Select(r => Sample.ReadOf(r.First, r.Second!.Value))],
            Now = Sample.Now,
            FailOn = failOn,
            Stage = stage,
        };

    private static Gen<Candidate> SomeCandidate() =>
        from small in Gen.Elements(true, false)
        from level in Gen.Elements<int?>(null, 2, 3)
        from crypto in Gen.Elements<int?>(null, 1, 3)
        from deployment in Gen.Elements<Deployment?>(null, Deployment.OwnRoom, Deployment.Mixed)
        from file in Gen.Elements(true, true, false)
        from paper in Gen.Elements(true, false)
        select (small ? Sample.Small : Sample.Candidate) with
        {
            ProtectionLevel = level,
            CryptoLevel = crypto,
            Deployment = deployment,
            Materials =
            [
                .. file ? new[] { new Document { Id = "report", MaterialKind = "报告", Path = "报告.pdf" } } : [],
                .. paper ? new[] { new Document { Id = "paper", MaterialKind = "批复", Path = "批复.pdf" } } : [],
            ],
        };

    private static (string Target, string Kind)[] Pairs(Candidate candidate) =>
        [.. candidate.Endpoints.Select(e => (e.TargetId, "net.ports")), .. candidate.Hosts.Select(h => (h.TargetId, "host.accounts"))];
}
