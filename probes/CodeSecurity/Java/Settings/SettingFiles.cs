using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Which files of a tree are settings, and what stands in them.</summary>
/// <param name="Groups">What is read together.</param>
/// <param name="Unread">Files of settings that were not understood.</param>
internal sealed partial record SettingFiles(IReadOnlyList<SettingGroup> Groups, IReadOnlyList<UnreadSource> Unread)
{
    /// <summary>By its name it is a file of settings, and no XML.</summary>
    public static bool Is(string path) => path.Length < 2_000 && (SpringNames().IsMatch(path) || ShiroNames().IsMatch(path));

    /// <param name="texts">Files that <see cref="Is"/> names, and XML files, by path.</param>
    /// <param name="limits">How much is read.</param>
    /// <param name="isLate">Whether the time for settings is over.</param>
    /// <param name="stop">Ends it.</param>
    public static SettingFiles Read(IEnumerable<KeyValuePair<string, string>> texts, SettingLimits limits, Func<bool> isLate, CancellationToken stop)
    {
        var (spring, single, unread) = (new Dictionary<string, List<SettingFile>>(StringComparer.Ordinal), new List<SettingGroup>(), new List<UnreadSource>());
        var count = 0;
        foreach (var (path, text) in texts)
        {
            stop.ThrowIfCancellationRequested();
            try
            {
                if (One(path, text, limits, isLate) is not { } file)
                {
                    continue;
                }

                if (++count > limits.Files)
                {
                    unread.Add(new UnreadSource(path, $"设置文件多于 {limits.Files} 个，其余没有看"));
                    break;
                }

                if (file.Left is { } left)
                {
                    unread.Add(new UnreadSource(path, left));
                }

                if (file.IsSpring)
                {
                    var folder = FolderOf(path);
                    spring.TryAdd(folder, []);
                    spring[folder].Add(file);
                }
                else
                {
                    single.Add(new SettingGroup([file]));
                }
            }
            catch (SettingFaultException fault)
            {
                unread.Add(new UnreadSource(path, $"设置没有读懂：{fault.Message}"));
            }
        }

        return new SettingFiles([.. spring.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => new SettingGroup(s.Value)), .. single], unread);
    }

    private static SettingFile? One(string path, string text, SettingLimits limits, Func<bool> isLate)
    {
        if (SpringNames().Match(path) is not { Success: true } name)
        {
            return MarkupSettings.Read(path, text, limits, isLate);
        }

        if (text.Length > limits.Characters || isLate())
        {
            throw new SettingFaultException($"长于 {limits.Characters} 个字符或超时");
        }

        var profile = name.Groups["profile"] is { Success: true, Value: var named } ? named : SettingProfile.OfFolder(FolderOf(path) is { Length: > 0 } folder ? folder[(folder.LastIndexOf('/') + 1)..] : "");
        return path.EndsWith(".properties", StringComparison.OrdinalIgnoreCase)
            ? SpringProperties.Read(path, text, profile, limits, isLate)
            : SpringYaml.Read(path, text, profile, limits, isLate);
    }

    /// <summary>Spring reads a folder <c>config</c> together with the one it stands in.</summary>
    private static string FolderOf(string path)
    {
        var folder = path.LastIndexOf('/') is > 0 and var cut ? path[..cut] : "";
        return folder.EndsWith("/config", StringComparison.Ordinal) ? folder[..^"/config".Length] : folder;
    }

    [GeneratedRegex(@"(^|/)(application|bootstrap|xxl-job-(admin|executor))(-(?<profile>[\w.\-]+))?\.(ya?ml|properties)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SpringNames();

    [GeneratedRegex(@"(^|/)shiro[\w\-]*\.ini$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ShiroNames();
}
