using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Model;

/// <summary>业务流程 · what is clicked, filled in and looked for in the pages of a system, step by step, in the words of its users.</summary>
public sealed record BrowserFlow
{
    public required string Title { get; init; }

    /// <summary>Null where nobody logs in.</summary>
    public FlowLogin? Login { get; init; }

    /// <summary>第二账户 · somebody with fewer rights; null where none was given.</summary>
    public FlowLogin? SecondLogin { get; init; }

    /// <summary>CSS pixels, 320–3840.</summary>
    public int Width { get; init; } = 1366;

    /// <summary>CSS pixels, 240–2160.</summary>
    public int Height { get; init; } = 768;

    /// <summary>BCP 47.</summary>
    public string Locale { get; init; } = "zh-CN";

    /// <summary>Columns and fields whose values are covered in pictures and texts.</summary>
    public IReadOnlyList<string> Masks { get; init; } = [];

    /// <summary>At least one, ids distinct.</summary>
    public required IReadOnlyList<FlowStep> Steps { get; init; }

    /// <summary>By name of the environment variable.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, Secret> Secrets { get; init; } = new Dictionary<string, Secret>(StringComparer.Ordinal);
}

/// <param name="Entries">Fields by label; the values name secrets.</param>
/// <param name="Submit">Text of the button.</param>
/// <param name="Success">Text that only who is logged in sees; null where nobody said.</param>
public sealed partial record FlowLogin(IReadOnlyList<FlowEntry> Entries, string Submit, string? Success)
{
    /// <summary>True for labels that call for a password: 密码, 确认口令 *（必填）, 密码（8 位以上）, PIN; not for 密码算法.</summary>
    public static bool IsSecretLabel(string label) => SecretLabel().IsMatch(label);

    [GeneratedRegex(@"(密码|口令)(确认)?([\s:：*＊]|必填|选填|[（(][^（()）]*[)）])*$|password|passwd|passphrase|pwd|^\s*pin码?[\s:：*＊]*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex SecretLabel();

    /// <summary>Path of the page with the form; null: the first page.</summary>
    public string? Address { get; init; }
}

/// <param name="Field">Label.</param>
/// <param name="Value">May name variables, as <c>${X}</c> or <c>$X</c>.</param>
public sealed record FlowEntry(string Field, string Value);

/// <summary>One thing on a page as its users call it.</summary>
public sealed record FlowElement
{
    /// <summary>What stands on it.</summary>
    public string? Text { get; init; }

    /// <summary>True where only buttons are meant.</summary>
    public bool IsButton { get; init; }

    /// <summary>The row it stands in: a text the row holds, or its number from 1.</summary>
    public string? Row { get; init; }

    /// <summary>Title of the table it stands in.</summary>
    public string? Table { get; init; }
}

/// <summary>What has to be seen; every part that is given.</summary>
public sealed record FlowSight
{
    public string? Text { get; init; }

    public string? Heading { get; init; }

    public string? Table { get; init; }

    public IReadOnlyList<string> Columns { get; init; } = [];
}

/// <summary>A row that has to appear.</summary>
/// <param name="Table">Title; null for any table.</param>
/// <param name="Contains">Text of one row.</param>
public sealed record FlowRow(string? Table, string Contains);

/// <summary>What has no place in a table that leaves the system.</summary>
public enum CellTrouble
{
    /// <summary>公式单元格 · a spreadsheet would compute it.</summary>
    Formula,

    /// <summary>完整身份证号.</summary>
    CardNumber,
}

/// <param name="Name">Of the variable.</param>
/// <param name="Column">Header of the column, or label of the field.</param>
/// <param name="Row">As in <see cref="FlowElement"/>; null: a field of the page.</param>
public sealed record FlowMemory(string Name, string Column, string? Row);

/// <summary>Values the system's own interface gives.</summary>
/// <param name="Address">Path, of the same system.</param>
/// <param name="Fields">Label of the field on pages, and its path in the JSON (<c>data.title</c>).</param>
/// <param name="Save">Name the values are kept under.</param>
public sealed record FlowInterface(string Address, IReadOnlyList<FlowEntry> Fields, string Save);

/// <summary>Values that should be the same, of two sources.</summary>
/// <param name="File">A downloaded package.</param>
/// <param name="Fields">Names values were kept under.</param>
/// <param name="Names">Label of the field on pages, and its element in the package; for labels that are missing here the label is the element.</param>
public sealed record FlowPackage(string File, string? Fields, IReadOnlyList<FlowEntry> Names)
{
    /// <summary>方案 · id of the 信息包规范 it is read by; null: the usual one.</summary>
    public string? Profile { get; init; }

    /// <summary>存储格式 · every content file has to be, by its bytes, of a format that the profile allows.</summary>
    public bool ChecksFormats { get; init; }

    /// <summary>对照接口 · name values of the interface were kept under; null: only the page is compared.</summary>
    public string? Interface { get; init; }

    /// <summary>移交目录 · a downloaded list with the digest of the package; null where none was.</summary>
    public string? TransferList { get; init; }
}

/// <summary>One line of a flow. What is given is done in this order: address, menu, entries, selections, files, click, row, sight, the rest.</summary>
public sealed record FlowStep
{
    public required string Id { get; init; }

    public required FlowVerb Verb { get; init; }

    /// <summary>Line of the file, from 1.</summary>
    [JsonIgnore]
    public int Line { get; init; }

    /// <summary>Path below the system's own address; null where nothing is opened.</summary>
    public string? Address { get; init; }

    /// <summary>菜单路径.</summary>
    public IReadOnlyList<string> Menu { get; init; } = [];

    public IReadOnlyList<FlowEntry> Entries { get; init; } = [];

    public IReadOnlyList<FlowEntry> Selections { get; init; } = [];

    /// <summary>Full paths of what is uploaded; each on its own for <see cref="FlowVerb.UploadEach"/>.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Label of the field that takes files; null: the only one there is.</summary>
    public string? FileField { get; init; }

    public FlowElement? Click { get; init; }

    /// <summary>False: dialogs of the page are answered with 取消.</summary>
    public bool AcceptDialogs { get; init; } = true;

    public FlowRow? AwaitRow { get; init; }

    public FlowSight? Sight { get; init; }

    /// <summary>不应见到 · a text that, once the page has settled, says the contrary; null where none was given.</summary>
    public string? Unwanted { get; init; }

    /// <summary>字段应为 · labels of the page and the values they must have.</summary>
    public IReadOnlyList<FlowEntry> Expected { get; init; } = [];

    /// <summary>文件不应有 · what must not stand in the cells of the table file this step saves.</summary>
    public IReadOnlyList<CellTrouble> Forbidden { get; init; } = [];

    public int? AtLeastRows { get; init; }

    /// <summary>Texts of controls that must not be there.</summary>
    public IReadOnlyList<string> WithoutControls { get; init; } = [];

    /// <summary>Name the largest or the named table is kept under; null: not kept.</summary>
    public string? TakeTable { get; init; }

    public string? TakeFields { get; init; }

    public IReadOnlyList<FlowMemory> Remember { get; init; } = [];

    /// <summary>Name a download is kept under.</summary>
    public string? Save { get; init; }

    public FlowPackage? Package { get; init; }

    public FlowInterface? Interface { get; init; }

    /// <summary>Label of a number on the page the rows of the saved table file are compared with.</summary>
    public string? RowCountOf { get; init; }

    /// <summary>第一账户 or 第二账户 · who is switched to; null: the other one.</summary>
    public string? Account { get; init; }

    /// <summary>True: this account must not get there.</summary>
    public bool MustBeRefused { get; init; }

    public bool Picture { get; init; }

    /// <summary>F-01…F-12, B-01…B-04.</summary>
    public IReadOnlyList<string> Proves { get; init; } = [];

    /// <summary>最长 · for what is waited for in this step; 1 s–30 min.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(10);
}
