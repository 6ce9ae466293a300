using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>A paper about a sample system: head, day, what it is about, and enough words to be one.</summary>
public sealed record DemoPaper
{
    /// <summary>As the measures name it; also its title.</summary>
    public required string Kind { get; init; }

    public required string System { get; init; }

    public required string Owner { get; init; }

    public required string Version { get; init; }

    public required DateOnly WrittenOn { get; init; }

    /// <summary>Lines of its own.</summary>
    public IReadOnlyList<string> Says { get; init; } = [];

    /// <summary>The title, and everything below it.</summary>
    public IReadOnlyList<string> Lines =>
    [
        $"系统名称：{System}",
        $"业主单位：{Owner}",
        $"系统版本：{Version}",
        $"出具日期：{Day(WrittenOn)}",
        .. Says,
        $"一、本文件是“{Kind}”，为演示而写，没有实际内容，不作任何证明之用。",
        "二、工作过程：参加人员按事先商定的范围逐项开展工作，记录每一步的做法、所用的资料和看到的结果，有不一致的当场核对。",
        "三、结果：所列各项均已完成，形成的记录交业主单位留存，需要继续改进的事项写明了责任人和完成时限。",
        "四、说明：数据与名称均为虚构，与任何真实的单位、系统和人员无关；阅读者应当以正式文件为准，不得引用本文件的结论。",
        "五、附件：过程记录、现场照片清单、参加人员签到表、问题清单与处理情况表（演示文件没有附这些内容）。",
        "六、保存：本文件由业主单位随项目档案一并保存，保存期限按档案管理的规定执行。",
    ];

    /// <summary>2026年3月1日.</summary>
    public static string Day(DateOnly day) => day.ToString("yyyy年M月d日", CultureInfo.InvariantCulture);

    /// <summary>Of Beijing, so many days before the clock's.</summary>
    internal static DateOnly Before(TimeProvider clock, int days) => BeijingTime.DayOf(clock.GetUtcNow()).AddDays(-days);
}
