namespace SmartCity.SecurityCheck.Demo;

/// <summary>办件 · one matter of one applicant.</summary>
internal sealed record OfficeCase
{
    /// <summary>Never given twice; in addresses of pages.</summary>
    public required int Id { get; init; }

    /// <summary>办件编号.</summary>
    public required string Number { get; init; }

    public required string Matter { get; init; }

    public required string Applicant { get; init; }

    /// <summary>身份证号 · invented, of a region that does not exist.</summary>
    public required string CardNumber { get; init; }

    /// <summary>材料 · titles and contents.</summary>
    public required IReadOnlyList<(string Title, string Text)> Materials { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public CaseState State { get; init; }

    /// <summary>What was collected when the case was finished; null before.</summary>
    public ArchiveRecord? Record { get; init; }

    /// <summary>Null where it was never run.</summary>
    public IReadOnlyList<DetectionRow>? Detection { get; init; }

    /// <summary>归档信息包; null before it is packed.</summary>
    public byte[]? Package { get; init; }

    /// <summary>Of the receiver, or why there is no answer; empty where there is nothing to say.</summary>
    public string Note { get; init; } = "";

    /// <summary>Requests under which the package went out; one that was not answered is asked again under the same.</summary>
    public int Attempt { get; init; }

    /// <summary>回执 as it came.</summary>
    public string? Receipt { get; init; }
}

/// <summary>Where a case stands.</summary>
internal enum CaseState
{
    Handling,
    Waiting,
    Checked,
    Refused,
    Packed,
    Sent,
    Accepted,
    Returned,
}

/// <summary>What is archived of a case.</summary>
/// <param name="Code">电子文件号.</param>
/// <param name="ArchivalCode">档号.</param>
/// <param name="Fields">Elements of the basic metadata in their order.</param>
/// <param name="Steps">Code, time and actor of each stage.</param>
/// <param name="Files">In their order.</param>
internal sealed record ArchiveRecord(string Code, string ArchivalCode, IReadOnlyList<(string Name, string Value)> Fields, IReadOnlyList<(string Code, string Time, string Actor)> Steps, IReadOnlyList<ArchiveFile> Files)
{
    public string Value(string name) => Fields.FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.Ordinal)).Value ?? "";
}

/// <param name="Folder">申报文件, 过程文件 or 结果文件.</param>
/// <param name="Name">With extension.</param>
/// <param name="Kind">file_code.</param>
/// <param name="Format">As the metadata names it.</param>
/// <param name="Bytes">Its content.</param>
/// <param name="IsAttachment">auxiliary.</param>
internal sealed record ArchiveFile(string Folder, string Name, string Kind, string Format, byte[] Bytes, bool IsAttachment = false);

/// <param name="Item">Number in DA/T 70-2018, as GD-1-1.</param>
/// <param name="Name">检测项.</param>
/// <param name="Result">通过, 不通过 or 未检测.</param>
/// <param name="Told">What was compared, or why nothing was.</param>
internal sealed record DetectionRow(string Item, string Name, string Result, string Told);

/// <summary>操作日志 · one line.</summary>
internal sealed record LogLine(int Id, DateTimeOffset At, string User, string Action, string Target, string Result);

/// <summary>备份 · one line.</summary>
internal sealed record BackupLine(DateTimeOffset At, string Size, string User, string Result, string Digest);

/// <summary>恢复演练 · one line.</summary>
/// <param name="Backup">When the backup was made.</param>
internal sealed record RestoreLine(DateTimeOffset At, DateTimeOffset Backup, string User, string Result, string Digest);

internal static class CaseStates
{
    public static string Title(this CaseState state) => state switch
    {
        CaseState.Handling => "办理中",
        CaseState.Waiting => "待归档",
        CaseState.Checked => "检测通过",
        CaseState.Refused => "检测不通过",
        CaseState.Packed => "已打包",
        CaseState.Sent => "已移交",
        CaseState.Accepted => "已接收",
        _ => "已退回",
    };
}
