using System.ComponentModel;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>What a format is for.</summary>
public enum FormatFamily
{
    [Description("版式文档")]
    FixedLayout,

    [Description("流式文档")]
    Office,

    [Description("结构化文本")]
    Markup,

    [Description("纯文本")]
    Text,

    [Description("图像")]
    Image,

    [Description("音频")]
    Audio,

    [Description("视频")]
    Video,

    [Description("压缩包")]
    Archive,

    [Description("可执行文件")]
    Executable,

    [Description("数据库")]
    Database,

    [Description("测试病毒")]
    TestVirus,

    [Description("其他")]
    Other,

    [Description("未能识别")]
    Unknown,
}

/// <summary>A format as such.</summary>
/// <param name="Key">Short and stable, as lists of allowed formats name it: ofd, pdf, xml, txt, jpeg …</param>
/// <param name="Title">For people.</param>
/// <param name="Family">What it is for.</param>
/// <param name="Puid">Of the PRONOM registry; null where that has none (OFD), or none is known here.</param>
/// <param name="Mime">Media type; null where there is none in use.</param>
/// <param name="Extensions">Usual ones without a dot, lower case; empty where any will do. Never a reason to name a format.</param>
public sealed record FormatName(string Key, string Title, FormatFamily Family, string? Puid, string? Mime, IReadOnlyList<string> Extensions);

/// <summary>What makes a file unfit to be kept for long, or unsafe to open.</summary>
public enum FormatVeto
{
    [Description("已加密")]
    Encrypted,

    [Description("含 JavaScript")]
    Script,

    [Description("含启动外部程序的动作")]
    Launch,

    [Description("内嵌文件")]
    EmbeddedFile,

    [Description("含宏")]
    Macro,

    [Description("含 OLE 对象")]
    OleObject,
}

/// <summary>A file as its bytes show it.</summary>
public sealed record RecognisedFormat
{
    public required FormatName Name { get; init; }

    /// <summary>Of the format, such as 1.7; null where it says none.</summary>
    public string? Version { get; init; }

    /// <summary>Of texts: US-ASCII, UTF-8, UTF-16LE, UTF-16BE, GB18030; null of others and where it is not known.</summary>
    public string? Charset { get; init; }

    /// <summary>What the file says of itself beyond its format, such as PDF/A-2b. A claim, not a proof.</summary>
    public string? Declares { get; init; }

    /// <summary>Null where it was not looked, or not to the end without finding one; empty where it was and nothing was found.</summary>
    public IReadOnlyList<FormatVeto>? Vetoes { get; init; }

    /// <summary>For people: the title with version, charset and claim.</summary>
    public string Title =>
        Name.Title
        + (Version is null ? "" : $" {Version}")
        + (Charset is null ? "" : $"（{Charset}）")
        + (Declares is null ? "" : $"（声明为 {Declares}，未做完整验证）");
}
