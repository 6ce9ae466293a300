using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>Asks one kind of service whether it lets strangers in. Reads, never writes; what it says of an account it takes from <see cref="Door.Affordable"/>.</summary>
internal interface IServiceCheck
{
    /// <summary>Names in the rules' table it is for.</summary>
    IReadOnlyList<string> Services { get; }

    /// <exception cref="UnableException">Not reached.</exception>
    /// <exception cref="IOException">It broke off.</exception>
    Task<Finding> AskAsync(Door door);
}

/// <summary>A port to knock at.</summary>
/// <param name="Target">The machine.</param>
/// <param name="Port">Open a moment ago.</param>
/// <param name="Accounts">Published ones of the service.</param>
/// <param name="Logins">Of this machine, whatever the port.</param>
/// <param name="Context">The probe's.</param>
/// <param name="Stop">The probe's clock.</param>
internal sealed record Door(ExposedHost Target, int Port, IReadOnlyList<DefaultAccount> Accounts, LoginBudget Logins, ProbeContext Context, CancellationToken Stop)
{
    /// <summary>Some accounts were not tried, because their names had failed often enough.</summary>
    public bool HasWithheld { get; private set; }

    /// <summary>Those that may be tried, each counted as a failure the moment it is handed out.</summary>
    public IEnumerable<DefaultAccount> Affordable(IEnumerable<DefaultAccount> accounts)
    {
        foreach (var account in accounts)
        {
            if (Logins.Takes(account))
            {
                yield return account;
            }
            else
            {
                HasWithheld = true;
            }
        }
    }

    public Task<ServiceTalk> OpenAsync() => ServiceTalk.OpenAsync(Target, Port, Context, Stop);
}

/// <param name="Access">How far it went.</param>
/// <param name="What">For people.</param>
internal sealed record Finding(ServiceAccess Access, string What)
{
    public string? Account { get; init; }

    public string? Version { get; init; }

    public static Finding Undecided(string why) => new(ServiceAccess.Undecided, why);

    public static Finding Guarded(string how) => new(ServiceAccess.Guarded, how);

    public static Finding Default(DefaultAccount account, string? version = null) =>
        new(ServiceAccess.DefaultAccount, $"接受{(account.User.Length > 0 ? $"账户 {account.User} 的" : "")}{(account.Password.Length > 0 ? "出厂口令" : "空口令")}") { Account = account.User.Length > 0 ? account.User : "（无用户名）", Version = version };
}
