using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>What a step may see that says the contrary of what it is to show.</summary>
internal static class Contrary
{
    private static readonly (string Word, CellTrouble Trouble)[] Troubles = [("公式单元格", CellTrouble.Formula), ("完整身份证号", CellTrouble.CardNumber)];

    /// <summary>不应见到: {文字: …}; null where it is not there.</summary>
    public static string? Unwanted(MappingReader reader, Action<string, SourcePosition> demand)
    {
        const string example = "不应见到: {文字: 已移交}";
        // Alone it would be a search for what is not there, and what is slow is not there either.
        if (reader.Peek("不应见到") is not null && reader.Peek("见到") is null && reader.Peek("每个见到") is null)
        {
            reader.Faults.Add(reader.PlaceOf("不应见到"), "不应见到 没有和 见到 一起写", "同一步里写 见到：做成时会出现的文字", example);
        }

        return FlowReader.Inner(reader, "不应见到", example) is not { } inner ? null : FlowReader.Finished(inner, i =>
        {
            var at = i.PlaceOf("文字");
            var text = i.Text("文字", required: true, example, cap: 500);
            if (text is not null)
            {
                demand(text, at);
            }

            return text;
        });
    }

    /// <summary>文件不应有: [公式单元格, 完整身份证号].</summary>
    public static IReadOnlyList<CellTrouble> Forbidden(MappingReader reader)
    {
        var at = reader.PlaceOf("文件不应有");
        var words = reader.Texts("文件不应有");
        foreach (var unknown in words.Where(w => !Array.Exists(Troubles, t => t.Word == w)))
        {
            reader.Faults.Add(at, $"文件不应有 里的 {unknown} 不认识", string.Join("、", Troubles.Select(t => t.Word)), "文件不应有: [公式单元格]");
        }

        return [.. Troubles.Where(t => words.Contains(t.Word, StringComparer.Ordinal)).Select(t => t.Trouble)];
    }
}
