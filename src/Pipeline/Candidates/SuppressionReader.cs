using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>
/// Reads a file of suppressions: <c>suppressions:</c> with entries of a fingerprint, or of rule and file with the line where only one is meant;
/// each with reason, reviewer and until. An entry that names no defect is a mistake; one without a reason is read and has no effect.
/// </summary>
public static class SuppressionReader
{
    private const int MostEntries = 10_000;
    private const string Example = "{fingerprint: 64 位十六进制, reason: 为什么不算, reviewer: 谁看过, until: 2026-12-31}";

    /// <exception cref="InputFaultException">The file cannot be read or has mistakes.</exception>
    public static IReadOnlyList<DeclaredSuppression> Read(string path)
    {
        var faults = new FaultList();
        var read = Read(path, faults);
        faults.ThrowIfAny();
        return read;
    }

    /// <param name="path">The file, as the user named it.</param>
    /// <param name="faults">Added to.</param>
    internal static IReadOnlyList<DeclaredSuppression> Read(string path, FaultList faults)
    {
        YamlMapping map;
        try
        {
            map = YamlText.ReadMappingFile(path);
        }
        catch (InputFaultException broken)
        {
            faults.Add(broken);
            return [];
        }

        var head = new MappingReader(map, faults);
        var entries = head.Each("suppressions", Entry, required: true, $"suppressions: [{Example}]");
        head.Finish();
        if (entries.Count > MostEntries)
        {
            faults.Add(head.At, $"抑制多于 {MostEntries} 条", $"至多 {MostEntries} 条");
        }

        return entries;
    }

    private static DeclaredSuppression? Entry(MappingReader reader)
    {
        var print = reader.Text("fingerprint", cap: 64);
        var (rule, file, code) = (reader.Text("rule", cap: 100), reader.Text("file", cap: 1000), reader.Text("code", cap: 400));
        var read = new DeclaredSuppression
        {
            Fingerprint = print, Rule = rule, File = file?.Replace('\\', '/'), Code = code,
            Reason = reader.Text("reason", cap: 400), Reviewer = reader.Text("reviewer", cap: 100), Until = reader.Date("until"),
            Place = $"{Path.GetFileName(reader.At.File)}({reader.At.Line})",
        };
        if (print is null ? rule is null || file is null : rule is not null || file is not null || code is not null || print.Length != 64 || !print.All(char.IsAsciiHexDigitLower))
        {
            reader.Faults.Add(reader.At, "看不出是哪个缺陷", "或者写 fingerprint（64 位小写十六进制，取自报告），或者写 rule 和 file，只指一行时再写 code", Example);
            return null;
        }

        return read;
    }
}
