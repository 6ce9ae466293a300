using System.Globalization;
using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probes.CodeSecurity;
using SmartCity.SecurityCheck.Reporting;
using SmartCity.SecurityCheck.Reports.Sarif;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>Defects of source trees as SARIF on standard output.</summary>
internal static class CodeSarif
{
    public static async Task WriteAsync(IReadOnlyList<ProbeRecord> records, IReadOnlyList<Target> targets)
    {
        IReadOnlyList<CodeInspection> trees = [.. targets.Select(t => Of(t, CodeInspection.Bare(t.TargetId, records)))];
        await Console.Out.WriteAsync(Encoding.UTF8.GetString(SarifReportWriter.OfCode(Product.Version, trees)));
    }

    /// <summary>An engine alone compares with the baseline too, and has no register that says of which day it is.</summary>
    private static CodeInspection Of(Target target, CodeInspection seen) => seen.BaselineOf is null && target is SourceTree { Baseline: { } baseline }
        ? seen with { BaselineOf = CodeBaseline.Open(baseline).WrittenOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) }
        : seen;
}
