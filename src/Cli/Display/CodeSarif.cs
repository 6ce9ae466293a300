using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;
using SmartCity.SecurityCheck.Reports.Sarif;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>Defects of source trees as SARIF on standard output.</summary>
internal static class CodeSarif
{
    public static async Task WriteAsync(IReadOnlyList<ProbeRecord> records, IReadOnlyList<Target> targets)
    {
        IReadOnlyList<CodeInspection> trees = [.. targets.Select(t => CodeInspection.Bare(t.TargetId, records))];
        await Console.Out.WriteAsync(Encoding.UTF8.GetString(SarifReportWriter.OfCode(Product.Version, trees)));
    }
}
