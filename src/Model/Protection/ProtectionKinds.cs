namespace SmartCity.SecurityCheck.Model;

/// <summary>测评对象种类 · what an object of a classified-protection assessment is.</summary>
public enum AssetKind
{
    Room,
    Boundary,
    NetworkDevice,
    SecurityDevice,
    Server,
    Terminal,
    Database,
    Platform,
    Application,
    Data,
}

/// <summary>S, A, G of GB/T 22239-2019 annex A.</summary>
public enum GradeAspect
{
    /// <summary>G: the grade of the system.</summary>
    General,

    /// <summary>S: 业务信息安全等级.</summary>
    Information,

    /// <summary>A: 系统服务安全等级.</summary>
    Service,
}

/// <summary>扩展要求 · kinds of systems with demands of their own.</summary>
public enum SystemExtension
{
    Cloud,
    Mobile,
    Iot,
}

/// <summary>What it takes to mend a control, least first. An estimate of this tool.</summary>
public enum ControlEffort
{
    /// <summary>改配置.</summary>
    Configuration,

    /// <summary>补文档.</summary>
    Document,

    /// <summary>采购、改造或专项检测.</summary>
    Works,
}

/// <summary>重要程度 in the 2021 formula.</summary>
public enum ControlImportance
{
    Ordinary,
    Important,
    Key,
}

/// <summary>A document that answers several controls.</summary>
/// <param name="Id">Within its standard.</param>
/// <param name="Title">For people.</param>
/// <param name="Holder">Who usually has it.</param>
/// <param name="ValidMonths">A record older than that proves nothing any more; null for papers that stay in force.</param>
public sealed record CatalogueDocument(string Id, string Title, string Holder, int? ValidMonths);

/// <summary>The words of classified protection.</summary>
public static class ProtectionNames
{
    /// <summary>Words in files.</summary>
    public static string Word(this AssetKind kind) => kind switch
    {
        AssetKind.Room => "room",
        AssetKind.Boundary => "boundary",
        AssetKind.NetworkDevice => "network-device",
        AssetKind.SecurityDevice => "security-device",
        AssetKind.Server => "server",
        AssetKind.Terminal => "terminal",
        AssetKind.Database => "database",
        AssetKind.Platform => "platform",
        AssetKind.Application => "application",
        _ => "data",
    };

    public static string Name(this AssetKind kind) => kind switch
    {
        AssetKind.Room => "机房",
        AssetKind.Boundary => "区域边界",
        AssetKind.NetworkDevice => "网络设备",
        AssetKind.SecurityDevice => "安全设备",
        AssetKind.Server => "服务器",
        AssetKind.Terminal => "终端",
        AssetKind.Database => "数据库",
        AssetKind.Platform => "管理平台",
        AssetKind.Application => "应用系统",
        _ => "数据资源",
    };

    public static string Word(this SystemExtension extension) => extension switch
    {
        SystemExtension.Cloud => "cloud",
        SystemExtension.Mobile => "mobile",
        _ => "iot",
    };

    public static string Name(this SystemExtension extension) => extension switch
    {
        SystemExtension.Cloud => "云计算",
        SystemExtension.Mobile => "移动互联",
        _ => "物联网",
    };

    public static string Name(this ControlEffort effort) => effort switch
    {
        ControlEffort.Configuration => "改配置",
        ControlEffort.Document => "补文档",
        _ => "采购、改造或专项检测",
    };

    public static string Name(this ControlImportance importance) => importance switch
    {
        ControlImportance.Ordinary => "一般",
        ControlImportance.Important => "重要",
        _ => "关键",
    };

    /// <summary>S, A or G.</summary>
    public static string Letter(this GradeAspect aspect) => aspect switch
    {
        GradeAspect.Information => "S",
        GradeAspect.Service => "A",
        _ => "G",
    };

    /// <summary>How far this tool gets with an item of a catalogue that knows no D, A, K.</summary>
    public static string PlainName(this ToolReach reach) => reach switch
    {
        ToolReach.Full => "能读到的主机由工具判定，其余对象由人回答",
        ToolReach.Partial => "工具能取到一部分证据，由人确认",
        ToolReach.None => "只能现场看",
        _ => "看文档与访谈",
    };
}
