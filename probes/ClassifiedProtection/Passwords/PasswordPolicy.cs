using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>What locks an account after wrong passwords at one way in.</summary>
public sealed record LockoutSetting
{
    /// <summary>PAM service: sshd, login.</summary>
    [Description("")]
    public required string Service { get; init; }

    /// <summary>pam_faillock or pam_tally2; null where neither is asked.</summary>
    [Description("模块")]
    public string? Module { get; init; }

    /// <summary>
    /// Every line is there that the module needs, the module is installed, and on every way through the stack wrong passwords are counted and
    /// locked accounts refused. Missing where that depends on what nobody knows.
    /// </summary>
    [Description("齐备")]
    public Fact<bool> IsComplete { get; init; }

    /// <summary>Wrong passwords until it locks; null where nothing counts. This and the spans are missing where a module is asked that nobody knows.</summary>
    [Description("失败次数")]
    public Fact<long?> Deny { get; init; }

    /// <summary>Seconds; 0 is until somebody unlocks.</summary>
    [Description("锁定秒数")]
    public Fact<long?> UnlockTime { get; init; }

    /// <summary>Seconds within which wrong passwords add up; null where the module knows no such limit.</summary>
    [Description("计数间隔秒数")]
    public Fact<long?> FailInterval { get; init; }

    [Description("出处")]
    public string? Origin { get; init; }
}

/// <summary>login.defs(5), the PAM stack that changes passwords, and what locks accounts.</summary>
public sealed record PasswordPolicy
{
    /// <summary>Days; for accounts made from now on. Null where there is no limit.</summary>
    [Description("PASS_MAX_DAYS")]
    public Fact<NumberSetting> PassMaxDays { get; init; }

    [Description("PASS_MIN_DAYS")]
    public Fact<NumberSetting> PassMinDays { get; init; }

    [Description("PASS_WARN_AGE")]
    public Fact<NumberSetting> PassWarnAge { get; init; }

    /// <summary>Of pam_unix, else of login.defs; upper case.</summary>
    [Description("口令散列方法")]
    public Fact<WordSetting> EncryptMethod { get; init; }

    /// <summary>The module that refuses weak passwords; null where none is in the stack.</summary>
    [Description("口令质量模块")]
    public Fact<WordSetting> QualityModule { get; init; }

    /// <summary>Characters a password must have whatever it is made of: minlen less the credits it may earn. Null where nothing asks.</summary>
    [Description("口令最小长度")]
    public Fact<NumberSetting> MinLength { get; init; }

    /// <summary>Kinds of characters a password must have; credits count only below 0.</summary>
    [Description("要求的字符种类数")]
    public Fact<NumberSetting> RequiredClasses { get; init; }

    [Description("对 root 生效")]
    public Fact<FlagSetting> EnforcedForRoot { get; init; }

    /// <summary>Old passwords refused; null where nothing remembers.</summary>
    [Description("记住的旧口令数")]
    public Fact<NumberSetting> Remember { get; init; }

    [Description("登录失败锁定")]
    public Fact<IReadOnlyList<LockoutSetting>> Lockouts { get; init; }

    /// <summary>PAM lines that name a module this host does not have.</summary>
    [Description("不存在的 PAM 模块")]
    public Fact<IReadOnlyList<Sighting>> MissingModules { get; init; }

    /// <summary>pam_unix lets accounts without a password in.</summary>
    [Description("允许空口令（nullok）")]
    public Fact<FlagSetting> AllowsEmpty { get; init; }

    /// <summary>su asks for membership in a group (pam_wheel).</summary>
    [Description("su 限于指定组")]
    public Fact<FlagSetting> SuLimited { get; init; }

    /// <summary>Why something that stands in a file has no effect, and what could not be read.</summary>
    [Description("读 PAM 时的说明")]
    public Fact<IReadOnlyList<Sighting>> Notes { get; init; }
}
