namespace SmartCity.SecurityCheck.Model;

/// <summary>动作.</summary>
public enum FlowVerb
{
    Open,
    Menu,
    Click,
    Fill,
    Select,
    NewCase,
    AwaitRow,
    See,
    TakeTable,
    TakeFields,
    Remember,
    Download,
    Upload,
    UploadEach,
    CheckPackage,
    AskInterface,
    SwitchUser,
    Picture,
}

/// <summary>The words of verbs and functions in flow files.</summary>
public static class FlowVerbs
{
    public static IReadOnlyList<(string Word, FlowVerb Verb)> All { get; } =
    [
        ("打开", FlowVerb.Open), ("点击菜单", FlowVerb.Menu), ("点击按钮", FlowVerb.Click), ("填写", FlowVerb.Fill), ("选择", FlowVerb.Select),
        ("新建办件", FlowVerb.NewCase), ("等待行出现", FlowVerb.AwaitRow), ("见到", FlowVerb.See), ("取表", FlowVerb.TakeTable), ("取字段", FlowVerb.TakeFields),
        ("记住", FlowVerb.Remember), ("下载", FlowVerb.Download), ("上传", FlowVerb.Upload), ("逐个上传", FlowVerb.UploadEach), ("检测包", FlowVerb.CheckPackage),
        ("取接口", FlowVerb.AskInterface), ("换用户", FlowVerb.SwitchUser), ("截图", FlowVerb.Picture),
    ];

    /// <summary>What a flow can prove: functions of archiving, and of backup, export and import.</summary>
    public static IReadOnlyList<string> Functions { get; } =
    [
        "F-01", "F-02", "F-03", "F-04", "F-05", "F-06", "F-07", "F-08", "F-09", "F-10", "F-11", "F-12", "B-01", "B-02", "B-03", "B-04",
    ];

    public static string Word(this FlowVerb verb) => All.First(v => v.Verb == verb).Word;

    /// <summary>Only looks and moves about; nothing in the system is meant to be different afterwards.</summary>
    public static bool OnlyLooks(this FlowVerb verb) => verb is FlowVerb.Open or FlowVerb.Menu or FlowVerb.AwaitRow or FlowVerb.See or FlowVerb.TakeTable
        or FlowVerb.TakeFields or FlowVerb.Remember or FlowVerb.CheckPackage or FlowVerb.AskInterface or FlowVerb.SwitchUser or FlowVerb.Picture;
}
