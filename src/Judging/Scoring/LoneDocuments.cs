using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Documents that are the evidence of very many things at once; whoever reads the report should open them first.</summary>
internal static class LoneDocuments
{
    /// <summary>Units, or items of the high-risk guide, from which a document is pointed at.</summary>
    private const int Many = 5;

    public static IEnumerable<string> Of(AssessmentInput facts)
    {
        var crypto = facts.Candidate.Crypto;
        foreach (var document in facts.Candidate.Materials.OrderBy(d => d.Id, StringComparer.Ordinal))
        {
            bool Names(SignedStatement said) => facts.IsInEffect(said) && said.Evidence.Any(e => e == document.Id || e == document.TargetId || e == document.Path);
            var units = crypto.Answers.Where(Names).SelectMany(a => a.Controls).Concat(crypto.Applicability.Where(Names).SelectMany(a => a.Controls)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            var items = crypto.HighRisks.Where(Names).SelectMany(h => h.Items).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            if (units.Count >= Many || items.Count >= Many)
            {
                yield return $"{document.Id}（{document.MaterialKind}）一份文件是 {units.Count} 个单元、{items.Count} 个高风险项的依据{(units.Count > 0 ? $"，单元：{string.Join("、", units)}" : "")}{(items.Count > 0 ? $"，高风险项：{string.Join("、", items)}" : "")}；文件内容本工具没有读，请逐项核对它是否真的写到。";
            }
        }
    }
}
