using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>The files of a sample sorted by whether bits can be read from them.</summary>
internal sealed record SampleFolder(FileTree Tree, IReadOnlyList<SampleFile> Files, IReadOnlyList<LeftOutFile> LeftOut)
{
    private const int FileCap = 20_000;

    /// <summary>As many as one record can name.</summary>
    private const int NamedCap = 20;

    /// <exception cref="UnableException">No file bits can be read from.</exception>
    public static async Task<SampleFolder> OpenAsync(CryptoSample sample, SampleFormat? format, CancellationToken cancellationToken)
    {
        var listed = SampleFiles.Of(sample, FileCap);
        var (files, leftOut) = (new List<SampleFile>(), new List<LeftOutFile>());
        foreach (var name in listed.Names)
        {
            var (file, why) = await LookAsync(listed.Tree, name, format, cancellationToken);
            if (file is not null)
            {
                files.Add(file);
            }
            else
            {
                leftOut.Add(new LeftOutFile { Name = name, Why = why });
            }
        }

        if (!listed.IsWhole)
        {
            leftOut.Add(new LeftOutFile { Name = "…", Why = $"文件多于 {FileCap} 个或有目录不可读，其余未列出" });
        }

        return files.Count > 0
            ? new SampleFolder(listed.Tree, files, leftOut)
            : throw new UnableException(FailureKind.BadInput, $"没有可用的样本文件：{Say(leftOut)}");
    }

    /// <summary>The first few, for a message.</summary>
    public static string Say(IReadOnlyList<LeftOutFile> leftOut) =>
        string.Join("；", leftOut.Take(3).Select(f => $"{f.Name} {f.Why}")) + (leftOut.Count > 3 ? $" 等 {leftOut.Count} 个文件" : "");

    /// <summary>A list that fits a record; the rest is counted, not dropped in silence.</summary>
    public static IReadOnlyList<LeftOutFile> Named(IReadOnlyList<LeftOutFile> all) =>
        all.Count <= NamedCap ? all : [.. all.Take(NamedCap), new LeftOutFile { Name = "…", Why = $"另有 {all.Count - NamedCap} 个文件" }];

    private static async Task<(SampleFile? File, string Why)> LookAsync(FileTree tree, string name, SampleFormat? given, CancellationToken cancellationToken)
    {
        try
        {
            using var stream = tree.OpenRead(name);
            var head = new byte[SampleShape.Head];
            var length = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
            var (format, why) = length > 0 && given is { } chosen ? (chosen, "") : SampleShape.Of(head.AsSpan(0, length));
            return format is { } known ? (new SampleFile(name, known, MostBits(stream.Length, known)), "") : (null, why);
        }
        catch (Exception trouble) when (trouble is UnableException or IOException)
        {
            return (null, trouble.Message);
        }
    }

    private static long MostBits(long bytes, SampleFormat format) => format switch
    {
        SampleFormat.Binary => bytes * 8,
        SampleFormat.Hex => bytes * 4,
        SampleFormat.Ascii01 => bytes,
        _ => bytes * 6,
    };
}
