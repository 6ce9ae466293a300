using System.CommandLine;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Pipeline;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>
/// Before a pack is judged or reported again its seal is checked: a changed pack must not become a clean report. Nor must one that somebody
/// changed and sealed anew: what it concludes has to follow from what it holds.
/// </summary>
internal static class SealedPack
{
    public static Option<bool> Option() => new("--unsealed") { Description = "不核验封存就读取（包被改动过或没有封存时，结果不可作为依据）" };

    /// <returns>What was sealed; null where nobody wants to know.</returns>
    /// <exception cref="BadRequestException">Changed or unfinished, and not asked for all the same.</exception>
    public static PackManifest? Require(string folder, bool unsealed)
    {
        if (unsealed)
        {
            Console.Error.WriteLine("注意：没有核验封存，结果不可作为依据。");
            return null;
        }

        return PackVerification.Verify(folder) switch
        {
            PackIntact intact => intact.Manifest,
            PackDiffers differs => throw new BadRequestException($"证据包没有通过核验：{differs.Path} — {differs.Message}。要照样读取请加 --unsealed"),
            PackUnfinished unfinished => throw new BadRequestException($"证据包没有通过核验：{unfinished.Message}。要照样读取请加 --unsealed"),
            _ => throw new BadRequestException("证据包没有通过核验"),
        };
    }

    /// <param name="folder">The pack.</param>
    /// <param name="manifest">As <see cref="Require"/> gave it.</param>
    /// <param name="withReports">Writes every report of the pack anew as well, except the PDF.</param>
    /// <exception cref="PackException">This tool cannot read it.</exception>
    /// <exception cref="InputFaultException">This tool cannot read its rules.</exception>
    public static Task<PackReview> ReviewAsync(string folder, PackManifest? manifest, bool withReports = false) => PackReview.OfAsync(folder, manifest, Tools(withReports));

    /// <summary>This tool's, for looking at packs.</summary>
    public static PackReviewTools Tools(bool withReports = false) => new()
    {
        Probes = Product.Probes,
        BuiltIn = Product.BuiltIn,
        Writers = withReports ? [.. Product.Formats.Where(f => f != "pdf").Select(Product.Writer)] : [],
        ToolVersion = Product.Version,
    };

    /// <summary>The file and what is wrong with it, for people.</summary>
    public static string Say(PackContradicts contradiction) => $"{contradiction.Path} {contradiction.Message}";
}
