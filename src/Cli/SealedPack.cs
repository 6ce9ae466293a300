using System.CommandLine;
using SmartCity.SecurityCheck.Pipeline;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>Before a pack is judged or reported again its seal is checked: a changed pack must not become a clean report.</summary>
internal static class SealedPack
{
    public static Option<bool> Option() => new("--unsealed") { Description = "不核验封存就读取（包被改动过或没有封存时，结果不可作为依据）" };

    /// <exception cref="BadRequestException">Changed or unfinished, and not asked for all the same.</exception>
    public static void Require(string folder, bool unsealed)
    {
        if (unsealed)
        {
            Console.Error.WriteLine("注意：没有核验封存，结果不可作为依据。");
            return;
        }

        switch (PackVerification.Verify(folder))
        {
            case PackDiffers differs:
                throw new BadRequestException($"证据包没有通过核验：{differs.Path} — {differs.Message}。要照样读取请加 --unsealed");
            case PackUnfinished unfinished:
                throw new BadRequestException($"证据包没有通过核验：{unfinished.Message}。要照样读取请加 --unsealed");
        }
    }
}
