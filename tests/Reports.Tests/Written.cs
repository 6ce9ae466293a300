using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.Tests;

/// <summary>A pack written by a writer.</summary>
internal static class Written
{
    public static async Task<byte[]> BytesAsync(IReportWriter writer, EvidencePack pack)
    {
        using var output = new MemoryStream();
        await writer.WriteAsync(AcceptanceReport.From(pack), output, CancellationToken.None);
        return output.ToArray();
    }

    public static async Task<string> TextAsync(IReportWriter writer, EvidencePack pack) =>
        new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(await BytesAsync(writer, pack));
}
