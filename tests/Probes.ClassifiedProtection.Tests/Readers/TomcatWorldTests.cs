using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>What Tomcat does not take, or takes otherwise than it looks, earns nothing good.</summary>
public sealed class TomcatWorldTests
{
    private const string Lock = "<Realm className=\"org.apache.catalina.realm.LockOutRealm\"><Realm className=\"org.apache.catalina.realm.UserDatabaseRealm\" resourceName=\"UserDatabase\"/></Realm>";
    private const string Log = "<Valve className=\"org.apache.catalina.valves.AccessLogValve\" directory=\"logs\" prefix=\"a\" suffix=\".txt\" pattern=\"combined\"/>";
    private const string Tls = "<Connector port=\"8443\" SSLEnabled=\"true\"><SSLHostConfig protocols=\"TLSv1.2+TLSv1.3\"/></Connector>";
    private const string Users = "<GlobalNamingResources><Resource name=\"UserDatabase\" auth=\"Container\" type=\"org.apache.catalina.UserDatabase\" factory=\"org.apache.catalina.users.MemoryUserDatabaseFactory\" pathname=\"conf/tomcat-users.xml\"/></GlobalNamingResources>";
    private const string Whole = $"<Server port=\"-1\">{Users}<Service name=\"Catalina\">{Tls}<Engine name=\"Catalina\" defaultHost=\"localhost\">{Lock}<Host name=\"localhost\" appBase=\"webapps\">{Log}</Host></Engine></Service></Server>";

    private static readonly string[] Rules = ["TOM-01", "TOM-02", "TOM-03", "TOM-04", "TOM-05", "TOM-06", "TOM-07", "TOM-08", "TOM-10"];

    private static MadeHost Host(string server) => new MadeHost().File("/etc/tomcat9/server.xml", server)
        .File("/etc/tomcat9/web.xml", "<web-app><servlet><init-param><param-name>listings</param-name><param-value>false</param-value></init-param></servlet><session-config><session-timeout>30</session-timeout></session-config></web-app>")
        .File("/etc/tomcat9/tomcat-users.xml", "<tomcat-users><user username=\"ops\" password=\"Long-and-random-1\"/></tomcat-users>");

    private static string Of(string rule, HostSnapshot host)
    {
        try
        {
            return Verdicts.Of(rule, new TomcatProbe().Read(host).Record!);
        }
        catch (UnableException)
        {
            return "取证失败";
        }
    }

    [Fact]
    public void A_file_that_is_known_whole_is_judged() => Assert.All(Rules, r => Assert.Equal("符合", Of(r, Host(Whole))));

    [Theory]
    [InlineData("TOM-01", "conf/tomcat-users.xml", "conf/others.xml")]
    [InlineData("TOM-01", "org.apache.catalina.realm.UserDatabaseRealm", "org.apache.catalina.realm.MemoryRealm")]
    [InlineData("TOM-02", "appBase=\"webapps\"", "appBase=\"/srv/apps\"")]
    [InlineData("TOM-02", "</Host>", "<Context path=\"/m\" docBase=\"/srv/manager\"/></Host>")]
    [InlineData("TOM-03", "</Host>", "<Realm className=\"org.apache.catalina.realm.UserDatabaseRealm\"/></Host>")]
    [InlineData("TOM-03", "realm.LockOutRealm\"", "realm.LockOutRealm\" failureCount=\"${n}\"")]
    [InlineData("TOM-03", "org.apache.catalina.realm.LockOutRealm", "cn.example.LockOutRealm")]
    [InlineData("TOM-03", Lock, "<Disabled>" + Lock + "</Disabled>")]
    [InlineData("TOM-06", "<Engine", "<Connector protocol=\"cn.example.Binary\" port=\"9\"/><Engine")]
    [InlineData("TOM-06", "<Engine", "<Connector protocol=\"AJP/1.3\" addRess=\"127.0.0.1\"/><Engine")]
    [InlineData("TOM-06", "<Engine", "<Connector protocol=\"AJP/1.3\" address=\"127.example.cn\"/><Engine")]
    [InlineData("TOM-08", "pattern=", "enabled=\"false\" pattern=")]
    [InlineData("TOM-08", "pattern=", "conditionIf=\"never\" pattern=")]
    [InlineData("TOM-08", "valves.AccessLogValve", "valves.ExtendedAccessLogValve")]
    [InlineData("TOM-08", "</Engine>", "<Host name=\"b\" appBase=\"webapps\"/></Engine>")]
    [InlineData("TOM-08", Log, "<x:Valve xmlns:x=\"x\" className=\"org.apache.catalina.valves.AccessLogValve\" pattern=\"combined\"/>")]
    [InlineData("TOM-10", "<Engine", "<Connector port=\"9443\" SSLEnabled=\"true\"/><Engine")]
    [InlineData("TOM-10", "<Engine", "<Connector port=\"80\" sslenabled=\"true\"/><Engine")]
    public void What_is_not_known_near_a_judged_setting_earns_nothing(string rule, string at, string instead)
    {
        Assert.Contains(at, Whole, StringComparison.Ordinal);
        Assert.NotEqual("符合", Of(rule, Host(Whole.Replace(at, instead, StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("/etc/tomcat9/Catalina/localhost/manager.xml")]
    [InlineData("/var/lib/tomcat9/webapps/manager.war")]
    [InlineData("/var/lib/tomcat9/webapps/examples")]
    public void Descriptors_and_archives_bring_applications_too(string path) => Assert.Equal("不符合", Of("TOM-02", Host(Whole).File(path, "")));

    [Theory]
    [InlineData("TRUE", "不符合")]
    [InlineData("${lists}", "待人工")]
    public void Words_of_the_folder_list_are_read_as_Tomcat_does(string word, string verdict) =>
        Assert.Equal(verdict, Of("TOM-05", Host(Whole).File("/etc/tomcat9/web.xml", $"<web-app><servlet><init-param><param-name>listings</param-name><param-value>{word}</param-value></init-param></servlet></web-app>")));
}
