using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>What a value is worth: for which environment it stands there, in which spelling, and what else says of it.</summary>
public sealed class SettingProfileTests
{
    private const string Open = "management: {endpoints: {web: {exposure: {include: '*'}}}}\n";
    private const string Safe = "management: {endpoints: {web: {exposure: {include: health}}}}\n";

    [Theory]
    [InlineData("r/application.yml", CodeConfidence.Medium)]
    [InlineData("r/application-prod.yml", CodeConfidence.Medium)]
    [InlineData("r/config/application-pro.yaml", CodeConfidence.Medium)]
    [InlineData("r/application-dev.yml", CodeConfidence.Low)]
    [InlineData("r/dev/application.yml", CodeConfidence.Low)]
    [InlineData("src/test/resources/application.yml", CodeConfidence.Low)]
    public void The_name_of_an_environment_says_how_much_its_settings_mean(string path, CodeConfidence confidence)
    {
        var defect = Assert.Single(SettingCase.Run((path, Open)).Defects);
        Assert.Equal(("JS-ACT-01", confidence, 1), (defect.RuleId, defect.Confidence, defect.Line));
        Assert.Contains("按仓库里的设置", defect.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_environment_the_default_names_is_live_unless_another_one_goes_live()
    {
        var active = ("r/application.yml", "spring: {profiles: {active: dev}}\n");
        Assert.Equal(CodeConfidence.Medium, Assert.Single(SettingCase.Run(active, ("r/application-dev.yml", Open)).Defects).Confidence);
        Assert.Equal(CodeConfidence.Low, Assert.Single(SettingCase.Run(active, ("r/application-dev.yml", Open), ("r/application-prod.yml", Safe)).Defects).Confidence);
        Assert.Contains("dev 环境", Assert.Single(SettingCase.Run(active, ("r/application-dev.yml", Open), ("r/application-prod.yml", Safe)).Defects).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_every_live_environment_mends_is_no_defect_and_what_one_leaves_is()
    {
        Assert.Empty(SettingCase.Ids(("r/application.yml", Open), ("r/application-prod.yml", Safe)));
        Assert.Equal(["JS-ACT-01"], SettingCase.Ids(("r/application.yml", Open), ("r/application-prod.yml", Safe), ("r/application-online.yml", "a: b\n")));
        Assert.Equal(["JS-ACT-01"], SettingCase.Ids(("m/application.yml", Open), ("r/application-prod.yml", Safe)));
    }

    [Fact]
    public void Small_things_of_development_are_not_told()
    {
        const string small = "debug: true\nserver: {error: {include-stacktrace: always}}\n";
        Assert.Equal(2, SettingCase.Run(("r/application.yml", small)).Defects.Count);
        Assert.Empty(SettingCase.Ids(("r/application-dev.yml", small)));
    }

    [Theory]
    [InlineData("spring.datasource.druid.stat-view-servlet.enabled: yes")]
    [InlineData("spring: {datasource: {druid: {statViewServlet: {enabled: true}}}}")]
    [InlineData("spring: {datasource: {druid: {stat_view_servlet: {ENABLED: 'on'}}}}")]
    [InlineData("on: 1\nspring.datasource.druid.stat-view-servlet.enabled: ${on}")]
    [InlineData("spring.datasource.druid.stat-view-servlet.enabled: ${DRUID:${OTHER:true}}")]
    public void A_key_has_many_spellings_and_a_placeholder_its_default(string text) =>
        Assert.Equal(["JS-DRUID-01"], SettingCase.Ids(("application.yml", text)));

    [Theory]
    [InlineData("spring.datasource.druid.stat-view-servlet.enabled: ${DRUID}")]
    [InlineData("spring.datasource.druid.stat-view-servlet.enabled: @druid.on@")]
    [InlineData("a: &a {login-username: x}\nspring: {datasource: {druid: {stat-view-servlet: {enabled: true, <<: *a}}}}")]
    [InlineData("spring.datasource.druid.stat-view-servlet: {enabled: true, login-username: '${U}', login-password: '${P}', allow: '${ALLOW}'}")]
    [InlineData("a: ${b}\nb: ${a}\nspring.datasource.druid.stat-view-servlet.enabled: ${a}")]
    public void Of_what_nobody_knows_nothing_is_said(string text) => Assert.Empty(SettingCase.Ids(("application.yml", text)));

    [Fact]
    public void Parts_of_a_file_for_one_environment_are_parts_of_it_alone()
    {
        const string yaml = "a: b\n---\nspring: {config: {activate: {on-profile: dev}}}\nspring.h2.console.enabled: true\n---\nspring.profiles: prod\nserver.error.include-stacktrace: always\n";
        var defect = Assert.Single(SettingCase.Run(("application.yml", yaml)).Defects);
        Assert.Equal(("JS-ERR-01", 7), (defect.RuleId, defect.Line));
        const string properties = "a=b\n#---\nspring.config.activate.on-profile=dev\ndebug=true\n#---\nspring.config.activate.on-profile=prod\nserver.error.include-\\\n  stacktrace = always\n";
        Assert.Equal(("JS-ERR-01", 7), Assert.Single(SettingCase.Run(("application.properties", properties)).Defects) is var one ? (one.RuleId, one.Line) : default);
    }

    [Theory]
    [InlineData("JS-DRUID-03", "Ruoyi@123", "application.yml", "spring.datasource.druid.stat-view-servlet: {login-password: Ruoyi@123, login-username: ops, enabled: true}\n")]
    [InlineData("JS-DRUID-03", "Kx7qq", "application.yml", "spring.datasource.druid.stat-view-servlet: {enabled: true, login-username: admin, login-password: Kx7qq}\n")]
    [InlineData("JS-DRUID-02", "Ruoyi@123", "application.yml", "spring.datasource.druid.stat-view-servlet:\n  enabled: true\n  login-username: a\n  login-password: Ruoyi@123\n  allow: 1.2.3.4\n")]
    [InlineData("JS-DRUID-02", "admin123", "application.properties", "spring.datasource.druid.stat-view-servlet.enabled=true\nspring.datasource.druid.stat-view-servlet.login-password admin123\nspring.datasource.druid.stat-view-servlet.allow=1.2.3.4\n")]
    [InlineData("JS-AUTH-04", "default_token", "application.properties", "xxl.job.accessToken=default_token\n")]
    [InlineData("JS-SHIRO-01", "kPH+bIxk5D2deZiIxcaaaA==", "shiro.ini", "[main]\nm.cipherKey = kPH+bIxk5D2deZiIxcaaaA==\n")]
    [InlineData("JS-SHIRO-01", "kPH+bIxk5D2deZiIxcaaaA==", "a.xml", "<beans xmlns=\"http://www.springframework.org/schema/beans\"><bean id=\"org.apache.shiro\">\n<property name=\"cipherKey\" value=\"kPH+bIxk5D2deZiIxcaaaA==\"/></bean></beans>")]
    [InlineData("JS-WEB-02", "Kx7qq", "web.xml", "<web-app><error-page/><servlet><servlet-class>a.DefaultServlet</servlet-class><init-param><param-name>loginPassword</param-name><param-value>Kx7qq</param-value></init-param><init-param><param-name>listings</param-name><param-value>true</param-value></init-param></servlet></web-app>")]
    public void A_secret_in_a_shown_line_is_blackened(string id, string secret, string file, string text)
    {
        var defect = Assert.Single(SettingCase.Run((file, text)).Defects, d => d.RuleId == id);
        Assert.DoesNotContain(secret, defect.Code, StringComparison.Ordinal);
        Assert.Contains("***", defect.Code, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_without_a_secret_stays_readable()
    {
        Assert.Equal("include-stacktrace: always", Assert.Single(SettingCase.Run(("application.yml", "server:\n  error:\n    include-stacktrace: always\n")).Defects).Code);
        Assert.Equal("/** = anon", Assert.Single(SettingCase.Run(("shiro.ini", "[urls]\n/** = anon\n")).Defects).Code);
    }

    [Theory]
    [InlineData("!dev", CodeConfidence.Medium)]
    [InlineData("!dev & !test", CodeConfidence.Medium)]
    [InlineData("!(dev | test)", CodeConfidence.Medium)]
    [InlineData("prod & !dev", CodeConfidence.Medium)]
    [InlineData("!prod", CodeConfidence.Low)]
    [InlineData("dev & !prod", CodeConfidence.Low)]
    public void An_environment_that_it_is_not_says_which_it_may_be(string profile, CodeConfidence confidence) =>
        Assert.Equal(confidence, Assert.Single(SettingCase.Run(("application.yml", $"a: b\n---\nspring.config.activate.on-profile: '{profile}'\n{Open}")).Defects).Confidence);

    [Theory]
    [InlineData("!prod", nameof(ProfileStanding.Development), false)]
    [InlineData("!dev", nameof(ProfileStanding.Live), false)]
    [InlineData("!east", nameof(ProfileStanding.Unknown), false)]
    [InlineData("!dev & !prod", nameof(ProfileStanding.Unknown), false)]
    [InlineData("east & !(dev | prod)", nameof(ProfileStanding.Unknown), false)]
    [InlineData("prod & !dev", nameof(ProfileStanding.Live), true)]
    [InlineData("prod", nameof(ProfileStanding.Live), true)]
    public void What_is_negated_goes_live_by_no_name(string profile, string standing, bool isLive)
    {
        var seen = SettingProfile.Of(profile);
        Assert.Equal((standing, isLive), (seen.Standing([], false).ToString(), seen.IsLive));
    }

    [Fact]
    public void What_holds_everywhere_but_live_mends_nothing()
    {
        static string Part(string profile) => $"{Open}---\nspring.config.activate.on-profile: '{profile}'\n{Safe}";
        Assert.Equal(["JS-ACT-01"], SettingCase.Ids(("application.yml", Part("!prod"))));
        Assert.Empty(SettingCase.Ids(("application.yml", Part("prod"))));
    }

    [Fact]
    public void The_last_entry_of_a_key_counts_for_the_same_environments_of_a_file()
    {
        Assert.Equal("JS-DBG-01", Assert.Single(SettingCase.Run(("application.properties", "debug=false\ndebug=true\n")).Defects) is { Line: 2 } one ? one.RuleId : null);
        Assert.Empty(SettingCase.Ids(("application.properties", "debug=true\ndebug=false\n")));
        Assert.Empty(SettingCase.Ids(("application.yml", "debug: true\n---\ndebug: false\n")));
        Assert.Equal(["JS-DBG-01"], SettingCase.Ids(("application.yml", "debug: true\n---\nspring.profiles: east\ndebug: false\n")));
        const string list = "management.endpoints.web.exposure.include[0]=*\na=b\nmanagement.endpoints.web.exposure.include[1]=info\n";
        Assert.Equal(["JS-ACT-01"], SettingCase.Ids(("application.properties", list)));
    }

    [Fact]
    public void A_defect_of_settings_stands_beside_flows_and_makes_no_other_class_severe()
    {
        using var folder = new TemporaryFolder();
        folder.Write("A.java", "class A { void q() { } }\n");
        folder.Write("src/main/resources/application.properties", "management.security.enabled=false\n");
        var analysis = new JavaTreeAnalysis(FlowCase.Tables, settings: SettingCase.Tables);
        var seen = analysis.Tell(analysis.Run(folder.Path, CancellationToken.None)!, DefectStates.None);
        Assert.Equal("JS-ACT-05", Assert.Single(seen.Defects.Value).RuleId);
        Assert.True(seen.HasSevereSettings.Value);
        Assert.False(seen.HasSevereInjection.IsKnown || seen.HasSevereDeserialization.IsKnown || seen.HasSevereFileAccess.IsKnown);
        var written = new WrittenSuppression { Kind = SuppressionKind.File, Place = "s.yaml(1)", Fingerprint = seen.Defects.Value[0].Fingerprint, Reason = "a", Reviewer = "b", Until = new DateOnly(2099, 1, 1) };
        var told = analysis.Tell(seen, new DefectStates([written], null, new DateOnly(2026, 1, 1)));
        Assert.Equal((false, 1), (told.HasSevereSettings.IsKnown, told.Suppressed));
        Assert.Equal(["settings"], told.AwaitsAcceptance);
    }

    [Fact]
    public void A_framework_of_security_makes_an_open_door_a_question()
    {
        const string framework = "import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity; class A { }";
        var settings = ("r/application.yml", Open);
        Assert.Equal(CodeConfidence.Medium, Assert.Single(SettingCase.Run(settings, ("A.java", "class A { }")).Defects).Confidence);
        Assert.Equal(CodeConfidence.Medium, Assert.Single(SettingCase.Run(settings, ("src/test/java/ATest.java", framework)).Defects).Confidence);
        Assert.Equal(CodeConfidence.Low, Assert.Single(SettingCase.Run(settings, ("A.java", framework)).Defects).Confidence);
    }

    [Fact]
    public void Code_that_holds_under_a_condition_is_less_sure()
    {
        const string head = "import org.springframework.security.config.annotation.web.builders.HttpSecurity; class A { boolean off; void c(HttpSecurity http) throws Exception { ";
        Assert.Equal(CodeConfidence.Medium, Assert.Single(SettingCase.Run(("A.java", head + "http.headers(h -> h.frameOptions(f -> f.disable())); } }")).Defects).Confidence);
        var defect = Assert.Single(SettingCase.Run(("A.java", head + "http.headers(h -> h.frameOptions(f -> { if (off) { f.disable(); } })); } }")).Defects);
        Assert.Equal((CodeConfidence.Low, true), (defect.Confidence, defect.Message.Contains("条件", StringComparison.Ordinal)));
    }

    [Fact]
    public void Crossing_of_sites_matters_less_where_nothing_is_kept_in_cookies()
    {
        const string cors = "import org.springframework.web.cors.CorsConfiguration; class A { Object f() { CorsConfiguration c = new CorsConfiguration(); c.setAllowCredentials(true); c.addAllowedOriginPattern(\"*\"); return c; } }";
        const string stateless = "import org.springframework.security.config.annotation.web.builders.HttpSecurity; class B { void c(HttpSecurity h) throws Exception { h.sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS)); } }";
        Assert.Equal(Severity.Major, Assert.Single(SettingCase.Run(("A.java", cors)).Defects).Severity);
        Assert.Equal(Severity.Minor, Assert.Single(SettingCase.Run(("A.java", cors), ("B.java", stateless)).Defects).Severity);
    }
}
