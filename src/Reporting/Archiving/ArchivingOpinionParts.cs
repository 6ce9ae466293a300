using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>The last pages of the opinion: what it rests on, and who signs.</summary>
internal static class ArchivingOpinionParts
{
    private const int MostFiles = 400;

    public static IReadOnlyList<ManuscriptBlock> Signatures { get; } =
    [
        new TextBlock("以下各方签认后本件方可作为意见使用；任何一方未签，本件仍是草稿。"),
        new TableBlock([("签认方", 34), ("意见", 30), ("签字或盖章", 20), ("日期", 16)],
        [
            ["核验人员（对检查过程与证据负责）", "", "", ""],
            ["业主单位归档责任人（对所交材料的真实完整负责）", "", "", ""],
            ["归档主管部门审核人（对结论负责）", "", "", ""],
            ["出具单位（盖章）", "", "", ""],
        ]),
    ];

    public static IReadOnlyList<ManuscriptBlock> Evidence(AcceptanceReport report)
    {
        var used = report.Pack.Outcomes.Where(o => o.ProbeId.StartsWith("archives.", StringComparison.Ordinal)).Select(o => o.Outcome).OfType<Observed>()
            .SelectMany(o => o.Observations).SelectMany(o => o.Evidence).DistinctBy(e => e.Id, StringComparer.Ordinal).OrderBy(e => e.RelativePath, StringComparer.Ordinal).ToList();
        return used.Count == 0
            ? [new TextBlock("归档方面没有留下证据文件。")]
            :
            [
                new TextBlock($"归档方面的证据 {used.Count} 件，在证据包内；整个证据包的清单与签名见 manifest.json，用 securitycheck verify 离线核对。"),
                new TableBlock([("文件", 30), ("说明", 30), ("SM3", 40)], [.. used.Take(MostFiles).Select(e => (IReadOnlyList<string>)[e.RelativePath, e.Description, e.Sm3])]),
                .. used.Count > MostFiles ? (IEnumerable<ManuscriptBlock>)[new TextBlock($"另有 {used.Count - MostFiles} 件没有列出，见 manifest.json。")] : [],
            ];
    }
}
