using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>What reports of code inspection call severities: four levels (GB/T 30279-2020, 待核) and the three of most templates.</summary>
public static class DefectLevels
{
    /// <summary>Gravest first.</summary>
    public static IReadOnlyList<Severity> All { get; } = [Severity.Critical, Severity.Major, Severity.Minor, Severity.Info];

    public static string Four(Severity severity) => severity switch
    {
        Severity.Critical => "超危",
        Severity.Major => "高危",
        Severity.Minor => "中危",
        _ => "低危",
    };

    public static string Three(Severity severity) => severity switch
    {
        Severity.Critical or Severity.Major => "高",
        Severity.Minor => "中",
        _ => "低",
    };

    /// <summary>What a level means in this report.</summary>
    public static string Meaning(Severity severity) => severity switch
    {
        Severity.Critical => "可以直接取得控制权、数据或密钥，利用不难",
        Severity.Major => "在一定条件下可以造成上述后果，或使密码保护失去作用",
        Severity.Minor => "削弱防护，单独一处不足以造成严重后果",
        _ => "不合良好做法，供留意",
    };
}
