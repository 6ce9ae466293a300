using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>What a file is by its first bytes and its parts.</summary>
public enum PaperFormat
{
    [Description("认不出")]
    Unknown,
    [Description("PDF")]
    Pdf,
    [Description("OFD")]
    Ofd,
    [Description("Word（docx）")]
    Word,
    [Description("Excel（xlsx）")]
    Workbook,
    [Description("旧版 Office（doc、xls、ppt）")]
    OldOffice,
    [Description("其他办公文档（pptx、odt 等）")]
    OtherOffice,
    [Description("图片")]
    Picture,
    [Description("音视频")]
    Recording,
    [Description("纯文本")]
    PlainText,
}

/// <summary>How far a file could be read.</summary>
public enum PaperState
{
    [Description("读出了文字")]
    Read,
    [Description("读出了一部分文字")]
    ReadInPart,
    [Description("没有文字，多半是扫描件或图片")]
    WithoutText,
    [Description("加密，没有口令打不开")]
    Encrypted,
    [Description("损坏，打不开")]
    Corrupt,
    [Description("这种文件本工具不读文字")]
    NotReadable,
    [Description("太大，没有读")]
    TooLarge,
}

/// <summary>One file of a material, as it was read.</summary>
internal sealed record PaperFile
{
    public required string Name { get; init; }

    public required PaperFormat Format { get; init; }

    public required PaperState State { get; init; }

    /// <summary>What went wrong, for people; null where nothing did.</summary>
    public string? Trouble { get; init; }

    /// <summary>Null where the format does not say.</summary>
    public int? Pages { get; init; }

    /// <summary>As <see cref="PlainText"/> makes it; empty where nothing was read.</summary>
    public string Text { get; init; } = "";

    /// <summary>Signatures in the file; null where nobody could look.</summary>
    public int? Signatures { get; init; }

    /// <summary>Of those, the ones over which the file was found unchanged; null where none was verified.</summary>
    public int? IntactSignatures { get; init; }

    /// <summary>Why not all signatures were found intact, for people; empty where they were, or there are none.</summary>
    public IReadOnlyList<string> SignatureTroubles { get; init; } = [];

    /// <summary>Its reader was given up; the rest of the material is not read.</summary>
    public bool IsOverTime { get; init; }

    /// <summary>A seal or a signature may be in a picture, which nobody here reads.</summary>
    public bool HasPictures { get; init; } = true;

    /// <summary>Nobody can read it, people included.</summary>
    public bool IsShut => State is PaperState.Encrypted or PaperState.Corrupt;
}

/// <summary>A material: one file or a folder of them.</summary>
internal sealed record Paper(IReadOnlyList<PaperFile> Files)
{
    /// <summary>Everything that was read, file after file.</summary>
    public string Text { get; } = string.Join(PlainText.Break, Files.Select(f => f.Text));

    /// <summary>The same without breaks, for names and words that a line or a cell may divide.</summary>
    public string Joined { get; } = PlainText.Joined(string.Join(PlainText.Break, Files.Select(f => f.Text)));

    /// <summary>All of it was read: what was not found is not there.</summary>
    public bool IsWhole => Files.All(f => f.State == PaperState.Read);

    /// <summary>Every file opens, so that people can see what was not read or not understood.</summary>
    public bool IsOpenToPeople => !Files.Any(f => f.IsShut);

    /// <summary>What was not read and why, all of it, as people answer for it; empty where everything was.</summary>
    public IReadOnlyList<string> Unread => [.. Files.Where(f => f.State != PaperState.Read).Select(f => $"{f.Name}：{f.Trouble ?? EnumWords.Say(f.State)}")];
}
