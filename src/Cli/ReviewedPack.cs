using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>Packs that are held against each other: only what is sealed and follows from its own observations.</summary>
internal static class ReviewedPack
{
    /// <exception cref="BadRequestException">Changed, unfinished, forged, or of another tool.</exception>
    public static async Task<EvidencePack> ReadAsync(string folder)
    {
        var manifest = PackVerification.Verify(folder) switch
        {
            PackIntact intact => intact.Manifest,
            PackDiffers differs => throw new BadRequestException($"{folder} 没有通过核验，不作比较：{differs.Path} — {differs.Message}"),
            PackUnfinished unfinished => throw new BadRequestException($"{folder} 不是完整的证据包，不作比较：{unfinished.Message}"),
            _ => throw new BadRequestException($"{folder} 没有通过核验，不作比较"),
        };
        try
        {
            return await SealedPack.ReviewAsync(folder, manifest) switch
            {
                PackFollows follows => follows.Pack,
                PackContradicts contradiction => throw new BadRequestException($"{folder} 自相矛盾，不作比较：{SealedPack.Say(contradiction)}"),
                _ => throw new BadRequestException($"{folder} 没有通过核验，不作比较"),
            };
        }
        catch (InputFaultException unreadable)
        {
            throw new BadRequestException($"本工具读不了 {folder} 里的规则或 candidate.yaml，不作比较：{unreadable.Faults[0]}");
        }
    }

    /// <summary>Holds two packs against each other, the earlier one by the rules of now as well where they are others.</summary>
    /// <exception cref="BadRequestException">They are of different systems, or one of them cannot be read.</exception>
    public static async Task<PackComparison> CompareAsync(string earlierFolder, string folder, EvidencePack now)
    {
        if (Path.GetFullPath(earlierFolder) == Path.GetFullPath(folder))
        {
            throw new BadRequestException("两个证据包是同一个目录");
        }

        return Compare((earlierFolder, await ReadAsync(earlierFolder)), folder, now);
    }

    /// <summary>The same with an earlier pack that was read before.</summary>
    /// <exception cref="PackException">They are of different systems.</exception>
    public static PackComparison Compare((string Folder, EvidencePack Pack) earlier, string folder, EvidencePack now) => PackComparing.Compare(earlier, (folder, now), SealedPack.Tools());
}
