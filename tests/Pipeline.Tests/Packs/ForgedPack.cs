using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Pipeline.Tests;

/// <summary>A pack as somebody hands it in who changed files of it and sealed it anew with a key of his own.</summary>
internal static class ForgedPack
{
    /// <param name="from">The honest pack.</param>
    /// <param name="to">The forged one; must not exist.</param>
    /// <param name="change">What becomes of a file: its relative path and bytes; null leaves it out.</param>
    /// <param name="named">Seals with a key that is not called pack-local, as a person's would be.</param>
    public static string Of(string from, string to, Func<string, byte[], byte[]?> change, bool named = false)
    {
        var pack = PackFolder.Create(to);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(from, file).Replace('\\', '/');
            if (!PackLayout.IsSeal(relative) && change(relative, File.ReadAllBytes(file)) is { } bytes)
            {
                pack.WriteBytes(relative, bytes);
            }
        }

        using var key = named ? Sm2PrivateKey.Generate() : null;
        var (candidate, run, _) = PackReader.ReadObservations(to);
        PackSeal.Seal(pack, (candidate.Id, run), key, run.FinishedAt);
        return to;
    }

    /// <summary>Replaces a text in one file.</summary>
    public static string Of(string from, string to, string file, string old, string replacement) => Of(from, to, (path, bytes) =>
    {
        var text = System.Text.Encoding.UTF8.GetString(bytes);
        return path != file ? bytes
            : text.Contains(old, StringComparison.Ordinal) ? System.Text.Encoding.UTF8.GetBytes(text.Replace(old, replacement, StringComparison.Ordinal))
            : throw new InvalidOperationException($"{file} 里没有 {old}");
    });
}
