using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>Reads the files of a material once for all probes of a run.</summary>
internal static class PaperReading
{
    private const int MostFiles = 100;
    private const int FileCap = 64 * 1024 * 1024;

    public static Task<Paper> OfAsync(Document target, ProbeContext context, CancellationToken stop) =>
        context.Shared.GetAsync($"materials.paper {target.TargetId}", token => Task.Run(() => Read(target, token), token), stop);

    private static Paper Read(Document target, CancellationToken stop)
    {
        var tree = FileTree.At(target.Path);
        var names = tree.List(MostFiles, out var isWhole);
        if (names.Count == 0 || !isWhole)
        {
            throw new UnableException(FailureKind.BadInput, names.Count == 0 ? $"{target.DisplayName} 里没有文件" : $"{target.DisplayName} 里的文件超过 {MostFiles} 个，或有目录读不了");
        }

        return new Paper([.. names.Select(n => ReadFile(tree, n, stop))]);
    }

    private static PaperFile ReadFile(FileTree tree, string name, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        byte[] bytes;
        using (var stream = tree.OpenRead(name))
        {
            if (stream.Length > FileCap)
            {
                return new PaperFile { Name = name, Format = PaperFormat.Unknown, State = PaperState.TooLarge, Trouble = $"{stream.Length} 字节，超过上限 {FileCap} 字节，没有读" };
            }

            bytes = new byte[stream.Length];
            try
            {
                stream.ReadExactly(bytes);
            }
            catch (IOException)
            {
                return new PaperFile { Name = name, Format = PaperFormat.Unknown, State = PaperState.Corrupt, Trouble = "读的时候出错" };
            }
        }

        return Read(name, bytes, stop);
    }

    /// <summary>By its bytes; the name's ending decides nothing.</summary>
    internal static PaperFile Read(string name, byte[] bytes, CancellationToken stop) => bytes.AsSpan() switch
    {
        var b when b.StartsWith("%PDF-"u8) => PdfPaper.Read(name, bytes, stop),
        var b when b.StartsWith("PK\x03\x04"u8) => ZippedPaper.Read(name, bytes, stop),
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => OldOffice(name, bytes),
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [0xFF, 0xD8, 0xFF, ..] or [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..] or [(byte)'B', (byte)'M', ..] or [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] =>
            new PaperFile { Name = name, Format = PaperFormat.Picture, State = PaperState.WithoutText, Trouble = "图片，文字与印章要由人看" },
        _ => PlainPaper.Read(name, bytes),
    };

    /// <summary>What Office encrypts it wraps into the old container.</summary>
    private static PaperFile OldOffice(string name, byte[] bytes) => bytes.AsSpan().IndexOf(System.Text.Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0
        ? new PaperFile { Name = name, Format = PaperFormat.Word, State = PaperState.Encrypted, Trouble = "设有打开口令的 Office 文件" }
        : new PaperFile { Name = name, Format = PaperFormat.OldOffice, State = PaperState.NotReadable, Trouble = "旧版 Office 文件，请另存为 docx、xlsx 或 PDF 再交" };
}
