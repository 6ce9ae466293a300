using System.Text;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Alterations of one character: in memory against a recipe, and as a file for the owner's test system.</summary>
internal static class TamperTrial
{
    private const int CopiedRows = 20;

    /// <returns>Alterations tried, and those the recipe notices.</returns>
    public static (int Tried, int Detected) InMemory(Layout layout, FoundRecipe recipe, TableRow row, byte[] stored)
    {
        var (tried, detected) = (0, 0);
        foreach (var altered in recipe.Order.Where(c => !string.IsNullOrEmpty(row[c])))
        {
            tried++;
            var computed = recipe.Compute(layout.Names, c => c == altered ? Altered(row[c]!) : row[c] ?? "");
            detected += computed is null || !IntegritySearch.Matches(computed, stored) ? 1 : 0;
        }

        return (tried, detected);
    }

    /// <summary>The first rows, one of them altered; null where nothing can be.</summary>
    public static (string Csv, string Words)? Of(Layout layout, IReadOnlyList<TableRow> head)
    {
        var rows = head.Take(CopiedRows).ToList();
        var chosen = rows.Where(r => !string.IsNullOrWhiteSpace(r[layout.Check])).ElementAtOrDefault(rows.Count / 2) ?? rows.Find(r => !string.IsNullOrWhiteSpace(r[layout.Check]));
        var column = layout.Others.Cast<int?>().LastOrDefault(c => chosen is not null && chosen[c!.Value] is { Length: > 0 } cell && char.IsAsciiLetterOrDigit(cell[^1]));
        if (chosen is null || column is null)
        {
            return null;
        }

        var text = new StringBuilder("\uFEFF").AppendJoin(',', layout.Names.Select(Quoted)).Append("\r\n");
        foreach (var row in rows)
        {
            text.AppendJoin(',', layout.Names.Select((_, c) => Quoted(row == chosen && c == column ? Altered(row[c]!) : row[c] ?? ""))).Append("\r\n");
        }

        return (text.ToString(), $"篡改试验文件：第 {chosen.Number} 行的 {layout.Names[column.Value]} 列改了最后一个字符，校验值未动。请在测试环境用它替换原记录，"
            + "再由系统读取或校验：应当只对这一行报告完整性错误。报告了说明校验有效；没有报告说明系统没有校验。文件含样本的前几行，用后请删除。");
    }

    /// <summary>The last character is another one of its kind.</summary>
    private static string Altered(string text)
    {
        var last = text[^1];
        return text[..^1] + (char.IsAsciiDigit(last) ? (char)('0' + ((last - '0' + 1) % 10)) : last == 'a' ? 'b' : 'a');
    }

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
