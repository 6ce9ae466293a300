using System.Globalization;
using System.Text;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Every P and Q of every sample as CSV (RFC 4180), so that each count can be made again.</summary>
internal static class ValuesFile
{
    /// <summary>More would be past what evidence may hold; the record says how many samples there were.</summary>
    private const int LineCap = 10_000;

    public static Evidence Save(string probeId, CryptoSample target, ProbeContext context, IReadOnlyList<RandomnessItem> items, IReadOnlyList<EvaluatedSample> samples)
    {
        // The mark makes spreadsheet programs read UTF-8.
        var text = new StringBuilder("\uFEFF样本,文件,SHA-256");
        foreach (var name in items.Select(ItemNames.Of))
        {
            text.Append(CultureInfo.InvariantCulture, $",{name} P,{name} Q");
        }

        text.Append("\r\n");
        foreach (var sample in samples.Take(LineCap))
        {
            text.Append(CultureInfo.InvariantCulture, $"{sample.Number + 1},{Quoted(sample.File)},{sample.Sha256}");
            foreach (var value in sample.Values)
            {
                text.Append(CultureInfo.InvariantCulture, $",{value.P:G6},{value.Q:G6}");
            }

            text.Append("\r\n");
        }

        var draft = new EvidenceDraft(
            probeId, target.TargetId, "values.csv", "text/csv; charset=utf-8", Encoding.UTF8.GetBytes(text.ToString()), $"{target.DisplayName} 每个样本每一项的 P 值与 Q 值");
        return context.Evidence.Save(draft);
    }

    /// <summary>File names are of a stranger's making: quoted, and never the start of a formula.</summary>
    private static string Quoted(string name) =>
        $"\"{(name.Length > 0 && "=+-@\t\r".Contains(name[0], StringComparison.Ordinal) ? "'" : "")}{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
