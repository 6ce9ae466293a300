using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>What an import came to.</summary>
/// <param name="Added">Cases that are now there.</param>
/// <param name="Faults">Lines of the file, from 1, and what is wrong with them.</param>
internal sealed record ImportOutcome(int Added, IReadOnlyList<(int Line, string Reason)> Faults);

/// <summary>导入 of cases from CSV: 办件编号, 事项, 申请人, 受理日期.</summary>
internal static partial class CaseImport
{
    public const int MostBytes = 2 * 1024 * 1024;

    private const int MostRows = 10_000;

    private static readonly string[] Heads = ["办件编号", "事项", "申请人", "受理日期"];

    /// <summary>The whole file or nothing; the careless variant keeps what came before and after a bad line.</summary>
    public static ImportOutcome Run(ArchiveDesk desk, byte[] file)
    {
        IReadOnlyList<(int Line, IReadOnlyList<string> Cells)> rows;
        try
        {
            rows = Rows(file);
        }
        catch (TableFaultException broken)
        {
            return new ImportOutcome(0, [(broken.Line, broken.Message)]);
        }

        var (faults, good, numbers) = (new List<(int, string)>(), new List<IReadOnlyList<string>>(), desk.Cases.Select(c => c.Number).ToHashSet(StringComparer.Ordinal));
        foreach (var (line, cells) in rows)
        {
            if (Fault(cells, numbers, isStrict: !desk.IsCareless) is { } fault)
            {
                faults.Add((line, fault));
            }
            else
            {
                good.Add(cells);
            }
        }

        return faults.Count > 0 && !desk.IsCareless
            ? new ImportOutcome(0, faults)
            : new ImportOutcome(good.Count(c => desk.Add(c[1], c[2], [], c[0], new DateTimeOffset(Day(c[3])!.Value, TimeSpan.FromHours(8))) is not null), faults);
    }

    /// <exception cref="TableFaultException">No such table.</exception>
    private static IReadOnlyList<(int Line, IReadOnlyList<string> Cells)> Rows(byte[] file)
    {
        string text;
        try
        {
            text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(file).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw new TableFaultException(1, "不是 UTF-8 的 CSV 文件");
        }

        if (text.Any(c => char.IsControl(c) && c is not ('\r' or '\n' or '\t')))
        {
            throw new TableFaultException(1, "不是 CSV 文件");
        }

        var rows = TableText.Read(text);
        return rows.Count == 0 || !rows[0].Cells.SequenceEqual(Heads, StringComparer.Ordinal) ? throw new TableFaultException(1, $"表头应为 {string.Join('、', Heads)}")
            : rows.Count == 1 ? throw new TableFaultException(1, "没有数据行")
            : rows.Count - 1 > MostRows ? throw new TableFaultException(1, $"超过 {MostRows} 行")
            : [.. rows.Skip(1)];
    }

    private static string? Fault(IReadOnlyList<string> cells, HashSet<string> numbers, bool isStrict) =>
        cells.Count != Heads.Length ? $"有 {cells.Count} 列，应为 {Heads.Length} 列"
        : !Number().IsMatch(cells[0]) ? "办件编号应为 BJ 加 8 位数字"
        : !numbers.Add(cells[0]) && isStrict ? "办件编号重复"
        : cells[1].Trim().Length == 0 || cells[2].Trim().Length == 0 ? "事项或申请人是空的"
        : Day(cells[3]) is null ? "受理日期应为 yyyy-MM-dd 的真实日期"
        : isStrict && cells.Any(c => TableText.IsFormula(c) || c.Length > 200) ? "单元格像公式或过长"
        : null;

    private static DateTime? Day(string text) => DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    [GeneratedRegex("^BJ[0-9]{8}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Number();
}
