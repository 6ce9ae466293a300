using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>Reads 豁免 and 人工确认.</summary>
internal sealed class AnswerReader(FaultList faults)
{
    private static readonly (string, Verdict)[] Answers =
        [.. new[] { Verdict.Satisfied, Verdict.Partial, Verdict.NotSatisfied, Verdict.NotApplicable }.Select(v => (v.Name(), v))];

    public Waiver? Waiver(MappingReader reader)
    {
        var before = faults.Faults.Count;
        var waiver = new Waiver
        {
            Id = Id(reader, "id: w-1"),
            RequirementId = reader.Text("requirement", required: true, "requirement: TLS-01", cap: 64) ?? "?",
            TargetId = reader.Text("target", cap: 100),
            Justification = reader.Text("justification", required: true) ?? "?",
            ApprovedBy = reader.Text("approvedBy", required: true, cap: 100) ?? "?",
            ExpiresOn = reader.Date("expiresOn", required: true) ?? default,
        };
        return faults.Faults.Count == before ? waiver : null;
    }

    public Attestation? Attestation(MappingReader reader)
    {
        var before = faults.Faults.Count;
        var attestation = new Attestation
        {
            Id = Id(reader, "id: a-1"),
            RequirementId = reader.Text("requirement", required: true, "requirement: LJ-22-5/密码应用安全性评估报告", cap: 200) ?? "?",
            TargetId = reader.Text("target", cap: 100),
            Verdict = reader.Choice("verdict", Answers, required: true) ?? Verdict.NeedsReview,
            By = reader.Text("by", required: true, cap: 100) ?? "?",
            Organisation = reader.Text("organisation", required: true, cap: 200) ?? "?",
            On = reader.Date("on", required: true) ?? default,
            Statement = reader.Text("statement"),
            EvidenceIds = reader.Texts("evidence"),
        };
        if (attestation is { Verdict: Verdict.NotApplicable, Statement: null } && faults.Faults.Count == before)
        {
            faults.Add(reader.At, $"{attestation.Id} 说不适用而没有理由", "statement", "statement: 投资额低于必须监理的限额，见立项批复");
        }

        return faults.Faults.Count == before ? attestation : null;
    }

    /// <summary>Ids of what is said in the workbench are made from its item; a candidate that takes one would keep its own pack from being answered.</summary>
    private string Id(MappingReader reader, string example)
    {
        var id = reader.Identifier("id", required: true, example);
        if (id?.StartsWith(StatementItem.IdPrefix, StringComparison.Ordinal) == true)
        {
            faults.Add(reader.At, $"编号 {id} 以 {StatementItem.IdPrefix} 开头，这样的编号留给工作台里的回答", "别的编号", example);
        }

        return id ?? "?";
    }
}
