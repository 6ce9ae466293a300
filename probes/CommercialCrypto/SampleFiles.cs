using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>The files of one sample, in ordinal order of their names.</summary>
/// <param name="Tree">Where they are read from.</param>
/// <param name="Names">Relative, with forward slashes.</param>
/// <param name="IsWhole">False where there are more than were listed, or a folder could not be read.</param>
public sealed record SampleFiles(FileTree Tree, IReadOnlyList<string> Names, bool IsWhole)
{
    /// <exception cref="UnableException">The sample does not exist, or holds no file.</exception>
    public static SampleFiles Of(CryptoSample sample, int cap)
    {
        var tree = FileTree.At(sample.Path);
        var names = tree.List(cap, out var whole);
        return names.Count > 0 ? new SampleFiles(tree, names, whole) : throw new UnableException(FailureKind.BadInput, $"{sample.DisplayName} 里没有文件");
    }
}
