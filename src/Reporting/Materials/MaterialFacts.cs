using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>What was read of one file, in a line for the clauses that ask for it; a file listed under several kinds has what was judged of each.</summary>
/// <param name="Path">As listed.</param>
/// <param name="Sentence">Empty where nothing was looked at.</param>
/// <param name="Problems">不符合 and 部分符合 of it, by requirement, with title.</param>
/// <param name="Open">待人工 of it.</param>
/// <param name="Evidence">Ids.</param>
public sealed record MaterialFacts(string Path, string Sentence, IReadOnlyList<string> Problems, IReadOnlyList<string> Open, IReadOnlyList<string> Evidence)
{
    internal static IReadOnlyDictionary<string, MaterialFacts> Of(EvidencePack pack)
    {
        var titles = pack.Requirements.Where(r => r.Pillar == Pillar.Materials).ToDictionary(r => r.Id, r => r.Title, StringComparer.Ordinal);
        var judged = pack.Judgement.Judgements.Where(j => titles.ContainsKey(j.RequirementId)).ToLookup(j => j.TargetId, StringComparer.Ordinal);
        var seen = pack.Outcomes.Select(o => o.Outcome).OfType<Observed>().SelectMany(o => o.Observations).Where(o => o.Kind.StartsWith("materials.", StringComparison.Ordinal)).ToLookup(o => o.TargetId, StringComparer.Ordinal);
        IEnumerable<Judgement> Of(IEnumerable<Document> listed) => listed.SelectMany(d => judged[d.TargetId]);
        return pack.Candidate.Materials.GroupBy(d => d.Path, StringComparer.Ordinal).ToDictionary(
            g => g.Key,
            g => new MaterialFacts(
                g.Key,
                Say(g.SelectMany(d => seen[d.TargetId]).GroupBy(o => o.Kind, StringComparer.Ordinal).ToDictionary(o => o.Key, o => o.First().Data, StringComparer.Ordinal)),
                [.. Of(g).Where(j => j.Verdict is Verdict.NotSatisfied or Verdict.Partial).Select(j => $"{j.RequirementId} {titles[j.RequirementId]}：{j.Verdict.Name()}{(j.WaiverId is null ? "" : "（已豁免）")}").Distinct(StringComparer.Ordinal)],
                [.. Of(g).Where(j => j.Verdict == Verdict.NeedsReview).Select(j => $"{j.RequirementId} {titles[j.RequirementId]}").Distinct(StringComparer.Ordinal)],
                [.. Of(g).SelectMany(j => j.Evidence).Distinct(StringComparer.Ordinal)]),
            StringComparer.Ordinal);
    }

    private static string Say(Dictionary<string, JsonElement> facts)
    {
        string?[] parts =
        [
            Text(facts, "materials.files", "formats") is { } formats ? $"{formats}{(Text(facts, "materials.files", "pages") is { } pages ? $"，{pages} 页" : "")}" : null,
            Text(facts, "materials.dates", "writtenOn") is { } day ? $"日期 {day}{(Text(facts, "materials.dates", "staleFrom") is { } stale ? $"，自 {stale} 起过期" : "")}" : facts.ContainsKey("materials.dates") ? "没有认出日期" : null,
            Text(facts, "materials.subject", "namesSystem") switch { "是" => "写有本系统名称", "否" => "没有写本系统名称", _ => null },
            Text(facts, "materials.signatures", "isSigned") switch { "是" => $"电子签章 {Text(facts, "materials.signatures", "count")} 个（{Text(facts, "materials.signatures", "isIntact") switch { "是" => "与内容一致", "否" => "与内容不一致", _ => "未核验" }}）", "否" => "没有签章", _ => null },
            Text(facts, "materials.version", "named") is { Length: > 0 } versions ? $"写明版本 {versions}" : null,
        ];
        return string.Join("；", parts.OfType<string>());
    }

    /// <summary>Null where it is missing or null.</summary>
    private static string? Text(Dictionary<string, JsonElement> facts, string kind, string field) =>
        !facts.TryGetValue(kind, out var data) || !data.TryGetProperty(field, out var value) ? null : value.ValueKind switch
        {
            JsonValueKind.True => "是",
            JsonValueKind.False => "否",
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.Array => string.Join("、", value.EnumerateArray().Select(v => v.ToString())),
            _ => null,
        };
}
