using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>An account that has a password and a shell to use it in.</summary>
public sealed record PasswordAccount
{
    [Description("")]
    public required string Name { get; init; }

    /// <summary>crypt(5) prefix without dollar signs (<c>y</c>, <c>6</c>, <c>1</c>), <c>DES</c>, or <c>?</c>.</summary>
    [Description("散列方法")]
    public required string Method { get; init; }

    /// <summary>shadow(5) field 5, days; null where there is no limit.</summary>
    [Description("最长使用天数")]
    public long? MaxDays { get; init; }

    [Description("出处")]
    public required string Origin { get; init; }
}

/// <summary>passwd(5) and shadow(5). What only shadow knows is missing where it could not be read.</summary>
public sealed record AccountSettings
{
    /// <summary>Missing where a directory service may add more and the file alone names none but root.</summary>
    [Description("UID 为 0 的账户")]
    public Fact<IReadOnlyList<string>> UidZero { get; init; }

    [Description("重复的用户名")]
    public Fact<IReadOnlyList<string>> SameNames { get; init; }

    [Description("重复的 UID")]
    public Fact<IReadOnlyList<string>> SameUids { get; init; }

    /// <summary>Lines that begin with + or -: accounts come from a directory service too, which no file shows.</summary>
    [Description("引用目录服务")]
    public Fact<bool> AsksDirectory { get; init; }

    [Description("空口令的账户")]
    public Fact<IReadOnlyList<string>> EmptyPasswords { get; init; }

    [Description("有口令且可登录的账户")]
    public Fact<IReadOnlyList<PasswordAccount>> PasswordAccounts { get; init; }

    /// <summary>Accounts that come with the system for no person's use, with a shell and a password that is not locked.</summary>
    [Description("可登录的系统自带账户")]
    public Fact<IReadOnlyList<string>> UsableSystemAccounts { get; init; }

    /// <summary>Accounts whose shell lets people in, root included.</summary>
    [Description("可交互登录的账户")]
    public Fact<IReadOnlyList<string>> LoginAccounts { get; init; }
}
