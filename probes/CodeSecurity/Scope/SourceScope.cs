using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What of a source tree was read, and what was not.</summary>
public sealed record SourceScope
{
    /// <summary>Everything that was to be read was, byte by byte and by rules of its language; missing where it was not, whatever the cause.</summary>
    [Description("读全")]
    public Fact<bool> IsWhole { get; init; }

    [Description("读了的文件数")]
    public required int Files { get; init; }

    [Description("读了的行数")]
    public required long Lines { get; init; }

    /// <summary>Most lines first.</summary>
    [Description("语言")]
    public required IReadOnlyList<LanguageShare> Languages { get; init; }

    [Description("字符编码")]
    public required IReadOnlyList<CharsetShare> Charsets { get; init; }

    /// <summary>Not read on purpose: binaries and other people's folders. By reason; a folder is one entry.</summary>
    [Description("有意不读")]
    public required IReadOnlyList<LeftOutShare> LeftOut { get; init; }

    /// <summary>Not read though a person may well have written it: links, too large, squeezed, unreadable, beyond the limits. By reason.</summary>
    [Description("应读而未读")]
    public required IReadOnlyList<LeftOutShare> Unread { get; init; }

    /// <summary>Files with bytes of no known encoding, read without these; the first of very many.</summary>
    [Description("含有无法解码字节的文件")]
    public required IReadOnlyList<string> UnreadBytes { get; init; }

    /// <summary>Source files of languages no rule speaks, by extension; secrets alone are looked for in them.</summary>
    [Description("没有规则的语言")]
    public required IReadOnlyList<ExtensionShare> UnreadLanguages { get; init; }

    /// <summary>Programs under a name that no compiler takes, beside the one that bears it: secrets alone are looked for in them; the first of very many.</summary>
    [Description("改名停用的程序文件")]
    public IReadOnlyList<string> SetAside { get; init; } = [];

    /// <summary>Examiners that failed on a file; the first of very many.</summary>
    [Description("检查程序出错")]
    public required IReadOnlyList<string> UnreadByExaminers { get; init; }

    /// <summary>Missing where not everything was read and none is seen, or there are too many to list.</summary>
    [Description("隐蔽的写法")]
    public Fact<IReadOnlyList<HiddenPlace>> Hidden { get; init; }
}

/// <param name="Language">Of the files.</param>
/// <param name="Files">How many.</param>
/// <param name="Lines">Of all of them.</param>
public sealed record LanguageShare([property: Description("")] SourceLanguage Language, [property: Description("文件数")] int Files, [property: Description("行数")] long Lines);

/// <param name="Charset">utf-8, gb18030, utf-16le …; unknown where some bytes fit none.</param>
/// <param name="Files">How many.</param>
public sealed record CharsetShare([property: Description("")] string Charset, [property: Description("文件数")] int Files);

/// <param name="Reason">Why.</param>
/// <param name="Entries">Files and folders.</param>
/// <param name="Examples">The first paths, at most five.</param>
public sealed record LeftOutShare([property: Description("")] LeftOutReason Reason, [property: Description("处数")] int Entries, [property: Description("例如")] IReadOnlyList<string> Examples);

/// <param name="Extension">With its dot, lower case.</param>
/// <param name="Files">How many.</param>
/// <param name="Lines">Of all of them.</param>
public sealed record ExtensionShare([property: Description("")] string Extension, [property: Description("文件数")] int Files, [property: Description("行数")] long Lines);
