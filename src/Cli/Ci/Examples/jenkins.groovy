// Jenkins：保存为 Jenkinsfile（声明式流水线；junit 步骤需要 JUnit 插件，recordIssues 需要 Warnings 插件）
// sourceTrees 写了 path: .（整个仓库）时，命令后面加 --out 把证据包写到仓库外面，并改下面的 packs。
pipeline {
    agent { label 'securitycheck' }
    options { timeout(time: 150, unit: 'MINUTES') }
    stages {
        stage('验收前安全检查') {
            steps {
                script {
                    def code = sh(returnStatus: true, script: '"$SECURITYCHECK_HOME/securitycheck" ci candidate.yaml --fail-on major --artifacts securitycheck-results')
                    if (code == 2) {
                        unstable('有未核验或待人工的项目')
                    } else if (code != 0) {
                        error("securitycheck 退出码 ${code}")
                    }
                }
            }
        }
    }
    post {
        always {
            junit testResults: 'securitycheck-results/junit.xml', allowEmptyResults: true
            recordIssues tools: [sarif(pattern: 'securitycheck-results/findings.sarif')]
            archiveArtifacts artifacts: 'securitycheck-results/**, packs/**', allowEmptyArchive: true
        }
    }
}
