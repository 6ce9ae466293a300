using System.Globalization;
using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;
using SmartCity.SecurityCheck.Reports.Sarif;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>Defects of source trees as SARIF on standard output.</summary>
internal static class CodeSarif
{
    /// <param name="records">Of the probes that were asked.</param>
    /// <param name="targets">Source trees.</param>
    /// <param name="baselineDay">Of the baseline that the run was compared with; null where there is none. An engine alone compares too, and has no register that says of which day it is.</param>
    public static async Task WriteAsync(IReadOnlyList<ProbeRecord> records, IReadOnlyList<Target> targets, DateOnly? baselineDay)
    {
        var day = baselineDay?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        IReadOnlyList<CodeInspection> trees = [.. targets.Select(t => CodeInspection.Bare(t.TargetId, records)).Select(t => t with { BaselineOf = t.BaselineOf ?? day })];
        await Console.Out.WriteAsync(Encoding.UTF8.GetString(SarifReportWriter.OfCode(Product.Version, trees)));
    }
}
