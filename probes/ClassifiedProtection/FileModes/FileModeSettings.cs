using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Who may do what with a file; of what a link leads to. Bit by bit, because 0604 is a smaller number than 0640 and lets more people in.</summary>
public sealed record FileAccess
{
    [Description("")]
    public required string Path { get; init; }

    /// <summary>Four octal digits.</summary>
    [Description("权限")]
    public required string Mode { get; init; }

    [Description("属主")]
    public Fact<string> Owner { get; init; }

    [Description("属组")]
    public Fact<string> Group { get; init; }

    [DisplayName("同组可读")]
    public bool GroupReads { get; init; }

    [DisplayName("同组可写")]
    public bool GroupWrites { get; init; }

    [DisplayName("其他人可读")]
    public bool OthersRead { get; init; }

    [DisplayName("其他人可写")]
    public bool OthersWrite { get; init; }

    /// <summary>Any of execute, set-id and sticky beyond the owner's own.</summary>
    [DisplayName("同组或其他人可执行")]
    public bool GroupOrOthersExecute { get; init; }

    internal static FileAccess? Of(SnapshotFile file) => !file.Exists || file.Mode is not { } mode ? null : new FileAccess
    {
        Path = file.Path,
        Mode = Convert.ToString(mode, 8).PadLeft(4, '0'),
        Owner = file.Owner is { } owner ? owner : default(Fact<string>),
        Group = file.Group is { } group ? group : default(Fact<string>),
        GroupReads = (mode & 32) != 0,
        GroupWrites = (mode & 16) != 0,
        OthersRead = (mode & 4) != 0,
        OthersWrite = (mode & 2) != 0,
        GroupOrOthersExecute = (mode & 9) != 0,
    };
}

/// <summary>stat(2) of what an attacker would like to write or read. A file that is not there is null, one nobody could look at is missing.</summary>
public sealed record FileModeSettings
{
    [Description("/etc/passwd")]
    public Fact<FileAccess?> Passwd { get; init; }

    [Description("/etc/shadow")]
    public Fact<FileAccess?> Shadow { get; init; }

    [Description("/etc/group")]
    public Fact<FileAccess?> Group { get; init; }

    [Description("/etc/gshadow")]
    public Fact<FileAccess?> GShadow { get; init; }

    /// <summary>sshd_config and the files beside it that are included.</summary>
    [Description("sshd 配置文件")]
    public Fact<IReadOnlyList<FileAccess>> SshConfigs { get; init; }

    [Description("sshd 主机私钥")]
    public Fact<IReadOnlyList<FileAccess>> SshPrivateKeys { get; init; }

    [Description("计划任务的文件与目录")]
    public Fact<IReadOnlyList<FileAccess>> ScheduledJobs { get; init; }

    [Description("日志文件")]
    public Fact<IReadOnlyList<FileAccess>> Logs { get; init; }

    /// <summary>.rhosts and hosts.equiv.</summary>
    [Description("主机信任文件")]
    public Fact<IReadOnlyList<string>> TrustFiles { get; init; }

    /// <summary>Files and folders anybody may write to, sticky folders left out; of the root file system. Missing where the walk did not end in time.</summary>
    [Description("全局可写")]
    public Fact<IReadOnlyList<string>> WorldWritable { get; init; }

    [Description("SUID/SGID 程序")]
    public Fact<IReadOnlyList<string>> SetIdPrograms { get; init; }
}
