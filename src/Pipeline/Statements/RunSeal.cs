namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>The seal of the run inside a pack that was sealed again with answers: what was observed has to be what was sealed then.</summary>
internal static class RunSeal
{
    public const string Folder = $"{PackLayout.Statements}/run-seal";

    private static readonly string[] Kept = [PackLayout.Observations, PackLayout.Evidence, PackLayout.Rulesets, PackLayout.Protection];

    /// <param name="folder">The pack.</param>
    /// <param name="files">Its files as they are.</param>
    /// <returns>Whoever sealed the run, where the pack has such a seal; or the first file that is not what was sealed then.</returns>
    public static (PackSigner? Signer, PackContradicts? Difference) Check(string folder, IReadOnlyList<PackedFile> files)
    {
        if (!files.Any(f => f.Path.StartsWith($"{Folder}/", StringComparison.Ordinal)))
        {
            return (null, null);
        }

        var (manifest, trouble) = PackVerification.CheckSeal(Path.Combine(folder, Folder), expectedSigner: null);
        if (manifest is null)
        {
            return (null, new PackContradicts(Folder, $"原来那次运行的封存不成立：{(trouble as PackDiffers)?.Message}"));
        }

        var then = manifest.Files.Where(f => IsOfRun(f.Path)).ToDictionary(f => f.Path, StringComparer.Ordinal);
        foreach (var file in files.Where(f => IsOfRun(f.Path)))
        {
            if (!then.Remove(file.Path, out var was) || was != file)
            {
                return (null, new PackContradicts(file.Path, "与原来那次运行封存的不是同一个文件"));
            }
        }

        return then.Count == 0 ? (manifest.Signer, null) : (null, new PackContradicts(then.Keys.Order(StringComparer.Ordinal).First(), "原来那次运行封存了它，包里没有"));
    }

    /// <summary>What a run leaves and answers do not touch.</summary>
    public static bool IsOfRun(string path) => path is PackLayout.Candidate or PackLayout.Run or PackLayout.Log
        || Kept.Any(f => path.StartsWith($"{f}/", StringComparison.Ordinal));
}
