using System.CommandLine;
using System.Text;
using SmartCity.SecurityCheck.Cli;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var root = new RootCommand("SmartCity.SecurityCheck — 智慧城市与电子政务系统验收前的离线安全核验工具")
{
    RunCommand.Create(),
    DemoCommand.Create(),
    ProbeCommand.Create(),
    ChallengeCommand.Create(),
    AnswersCommand.Create(),
    CollectCommand.Create(),
    TlcpProxyCommand.Create(),
    VerifyCommand.Create(),
    JudgeCommand.Create(),
    ReportCommand.Create(),
    RulesCommand.Create(),
    ExplainCommand.Create(),
    InitCommand.Create(),
    DoctorCommand.Create(),
    SchemaCommand.Create(),
};
ChineseHelp.Install(root);
return await Invocation.RunAsync(root, args);
