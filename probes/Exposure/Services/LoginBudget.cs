using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>
/// How often a name of a service may still fail on one machine, over all its ports: two ports of a service may ask the same accounts, and
/// pam_faillock locks at the third failure unless it was told otherwise.
/// </summary>
internal sealed class LoginBudget
{
    /// <summary>Failures a name.</summary>
    public const int Most = 2;

    private readonly Dictionary<(string Service, string User), int> _tried = [];

    /// <summary>Whether one more password may be tried; it is counted where it may. Without a name there is nothing to lock.</summary>
    public bool Takes(DefaultAccount account)
    {
        if (account.User.Length == 0)
        {
            return true;
        }

        var key = (account.Service, account.User);
        var tried = _tried.GetValueOrDefault(key);
        if (tried >= Most)
        {
            return false;
        }

        _tried[key] = tried + 1;
        return true;
    }
}
